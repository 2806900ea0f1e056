# title: a hold timer expires behind a firewall
# area: bgp
# ipv6: off
ip netns add r1
ip netns add r2
ip link add to2 netns r1 type veth peer name to1 netns r2
ip -n r1 addr add 10.12.0.1/24 dev to2
ip -n r2 addr add 10.12.0.2/24 dev to1
ip -n r1 link set to2 up
ip -n r2 link set to1 up
cat > /tmp/r1.conf <<END
log "/tmp/r1.log" all;
router id 10.255.0.1;
protocol device { scan time 1; }
protocol kernel { ipv4 { export all; }; }
protocol bgp p2 { local 10.12.0.1 as 65001; neighbor 10.12.0.2 as 65002; connect delay time 1; hold time 6; keepalive time 2; error wait time 60, 60; ipv4 { import all; export all; }; }
END

cat > /tmp/r2.conf <<END
log "/tmp/r2.log" all;
router id 10.255.0.2;
protocol device { scan time 1; }
protocol kernel { ipv4 { export all; }; }
protocol static st { ipv4; route 10.2.0.0/24 blackhole; }
protocol bgp p1 { local 10.12.0.2 as 65002; neighbor 10.12.0.1 as 65001; connect delay time 1; hold time 6; keepalive time 2; error wait time 60, 60; ipv4 { import all; export all; }; }
END

ip netns exec r1 bird -c /tmp/r1.conf -s /run/r1.ctl -P /run/r1.pid
ip netns exec r2 bird -c /tmp/r2.conf -s /run/r2.ctl -P /run/r2.pid
sleep 6
ip -n r1 route
birdc -s /run/r1.ctl show protocols p2 | awk '{print $1, $2, $4, $6, $7, $8, $9, $10}'
ip netns exec r1 iptables -A INPUT -p tcp -j DROP
ip netns exec r1 iptables -A OUTPUT -p tcp -j DROP
sleep 9
ip -n r1 route
birdc -s /run/r1.ctl show protocols p2 | awk '{print $1, $2, $4, $6, $7, $8, $9, $10}'
birdc -s /run/r2.ctl show protocols p1 | awk '{print $1, $2, $4, $6, $7, $8, $9, $10}'
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r1.log
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r2.log
birdc -s /run/r1.ctl down
birdc -s /run/r2.ctl down
