# title: states in the log, strict bind, limits that restart, undo of a configuration
# area: bgp
# ipv6: off
ip netns add r1
ip netns add r2
ip link add e0 netns r1 type veth peer name e1 netns r2
ip -n r1 addr add 10.0.0.1/24 dev e0
ip -n r2 addr add 10.0.0.2/24 dev e1
ip -n r1 link set e0 up
ip -n r2 link set e1 up
cat > /tmp/r1.conf <<END
log "/tmp/r1.log" all;
router id 10.0.0.1;
debug protocols { states };
protocol device { scan time 1; }
protocol static st { ipv4; route 10.1.0.0/24 blackhole; route 10.2.0.0/24 blackhole; route 10.3.0.0/24 blackhole; }
protocol bgp pe2 { local 10.0.0.1 as 65001; neighbor 10.0.0.2 as 65002; connect delay time 1; strict bind; hold time 3; ipv4 { import all; export all; import limit 2 action restart; }; }
END

cat > /tmp/r2.conf <<END
log "/tmp/r2.log" all;
router id 10.0.0.2;
debug protocols { states };
protocol device { scan time 1; }
protocol static st { ipv4; route 10.4.0.0/24 blackhole; route 10.5.0.0/24 blackhole; route 10.6.0.0/24 blackhole; disabled; }
protocol bgp pe1 { local 10.0.0.2 as 65002; neighbor 10.0.0.1 as 65001; passive; ipv4 { import all; export all; import limit 2 action warn; }; }
END

ip netns exec r1 bird -c /tmp/r1.conf -s /run/r1.ctl -P /run/r1.pid
ip netns exec r2 bird -c /tmp/r2.conf -s /run/r2.ctl -P /run/r2.pid
sleep 6
ip netns exec r1 ss -tln
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r1.log
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r2.log
birdc -s /run/r2.ctl enable st
sleep 2
birdc -s /run/r1.ctl show protocols pe2 | awk '{print $1,$2,$4,$6,$7,$8,$9,$10}'
birdc -s /run/r2.ctl disable st
sleep 1
birdc -s /run/r2.ctl reload pe1
tail -n +12 /tmp/r1.log | sed 's/^[0-9-]* [0-9:.]* //'
ip -n r2 link set e1 down
sleep 5
tail -n 6 /tmp/r1.log | sed 's/^[0-9-]* [0-9:.]* //'
birdc -s /run/r1.ctl show protocols pe2 | awk '{print $1,$2,$4,$6,$7,$8,$9,$10}'
birdc -s /run/r1.ctl configure timeout 20
birdc -s /run/r1.ctl configure status | sed 's/in [0-9.]* s/in N s/'
birdc -s /run/r1.ctl configure confirm
birdc -s /run/r1.ctl configure confirm
sed -i 's/debug protocols.*/timeformat base iso long; timeformat route "%d";/' /tmp/r1.conf
birdc -s /run/r1.ctl configure
birdc -s /run/r1.ctl show status | sed 's/[0-9]/N/g'
birdc -s /run/r1.ctl show route | sed 's/st [0-9]*/st D/'
birdc -s /run/r1.ctl debug nope all
birdc -s /run/r1.ctl debug pe2 bogus
birdc -s /run/r1.ctl disable pe2
birdc -s /run/r1.ctl enable pe2
birdc -s /run/r1.ctl down
birdc -s /run/r2.ctl down
