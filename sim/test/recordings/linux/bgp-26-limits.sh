# title: options of bgp: local as, MED, next hop keep, limits, password
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
protocol device { scan time 1; }
protocol static st { ipv4; route 10.1.0.0/24 blackhole; route 10.2.0.0/24 blackhole; route 10.3.0.0/24 blackhole; }
protocol bgp pe2 { local 10.0.0.1 as 65001; neighbor 10.0.0.2 as 65002; connect delay time 1; ipv4 { import all; export all; export limit 2 action block; }; }
END

cat > /tmp/r2.conf <<END
log "/tmp/r2.log" { info, warning, error, bug };
debug protocols { states };
router id 10.0.0.2;
protocol device { scan time 1; }
protocol bgp pe1 { local 10.0.0.2 as 65002; neighbor 10.0.0.1 as 65001; connect delay time 1; ipv4 { import all; export none; import limit 1 action block; }; }
END

ip netns exec r1 bird -c /tmp/r1.conf -s /run/r1.ctl -P /run/r1.pid
ip netns exec r2 bird -c /tmp/r2.conf -s /run/r2.ctl -P /run/r2.pid
sleep 6
birdc -s /run/r1.ctl show protocols all pe2 | sed 's/timer:.*/timer/'
birdc -s /run/r2.ctl show protocols all pe1 | sed 's/timer:.*/timer/'
birdc -s /run/r1.ctl show route | sed 's/\[.*\]//'
birdc -s /run/r2.ctl show route | sed 's/\[.*\]//'
birdc -s /run/r1.ctl show status | sed 's/on .*/on X/; s/is [0-9].*/is X/'
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r1.log
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r2.log
birdc -s /run/r2.ctl debug pe1 all
birdc -s /run/r2.ctl restart pe1
sleep 5
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r2.log
birdc -s /run/r2.ctl debug pe1 off
birdc -s /run/r2.ctl debug pe1 { states, events }
birdc -s /run/r2.ctl disable pe1
sleep 1
tail -5 /tmp/r2.log | sed 's/^[0-9-]* [0-9:.]* //'
birdc -s /run/r1.ctl configure soft
birdc -s /run/r1.ctl configure timeout 10
birdc -s /run/r1.ctl configure confirm
birdc -s /run/r1.ctl configure undo
birdc -s /run/r1.ctl configure soft timeout 5
sleep 6
birdc -s /run/r1.ctl configure status
tail -12 /tmp/r1.log | sed 's/^[0-9-]* [0-9:.]* //'
birdc -s /run/r1.ctl down
birdc -s /run/r2.ctl down
sleep 1
tail -5 /tmp/r1.log | sed 's/^[0-9-]* [0-9:.]* //'
