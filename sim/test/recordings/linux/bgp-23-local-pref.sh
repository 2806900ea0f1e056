# title: local preference decides which exit an AS takes
# area: bgp
# ipv6: off
ip netns add r1
ip netns add r2
ip link add to2 netns r1 type veth peer name to1 netns r2
ip -n r1 addr add 10.12.0.1/24 dev to2
ip -n r2 addr add 10.12.0.2/24 dev to1
ip -n r1 link set to2 up
ip -n r2 link set to1 up
ip netns add r3
ip link add to3 netns r1 type veth peer name to1 netns r3
ip -n r1 addr add 10.13.0.1/24 dev to3
ip -n r3 addr add 10.13.0.3/24 dev to1
ip -n r1 link set to3 up
ip -n r3 link set to1 up
cat > /tmp/r1.conf <<END
log "/tmp/r1.log" all;
router id 10.255.0.1;
protocol device { scan time 1; }
protocol kernel { ipv4 { export all; }; }
filter low { bgp_local_pref = 90; accept; }
filter high { if net ~ [ 10.5.0.0/16{24,24} ] then { bgp_local_pref = 200; accept; } reject; }
protocol bgp p2 { local 10.12.0.1 as 65001; neighbor 10.12.0.2 as 65002; connect delay time 1;  ipv4 { import filter low; export none; }; }
protocol bgp p3 { local 10.13.0.1 as 65001; neighbor 10.13.0.3 as 65002; connect delay time 1;  ipv4 { import filter high; export none; import keep filtered; }; }
END

cat > /tmp/r2.conf <<END
log "/tmp/r2.log" all;
router id 10.255.0.2;
protocol device { scan time 1; }
protocol static st { ipv4; route 10.5.0.0/24 blackhole; route 10.6.0.0/24 blackhole; }
protocol bgp p1 { local 10.12.0.2 as 65002; neighbor 10.12.0.1 as 65001; connect delay time 1;  ipv4 { import all; export all; }; }
END

cat > /tmp/r3.conf <<END
log "/tmp/r3.log" all;
router id 10.255.0.3;
protocol device { scan time 1; }
protocol static st { ipv4; route 10.5.0.0/24 blackhole; route 10.6.0.0/24 blackhole; route 10.5.0.0/16 blackhole; }
protocol bgp p1 { local 10.13.0.3 as 65002; neighbor 10.13.0.1 as 65001; connect delay time 1;  ipv4 { import all; export all; }; }
END

ip netns exec r1 bird -c /tmp/r1.conf -s /run/r1.ctl -P /run/r1.pid
ip netns exec r2 bird -c /tmp/r2.conf -s /run/r2.ctl -P /run/r2.pid
ip netns exec r3 bird -c /tmp/r3.conf -s /run/r3.ctl -P /run/r3.pid
sleep 8
birdc -s /run/r1.ctl show route | sed 's/ [0-9:.]*\]/]/; s/ [0-9:.]* from/ from/'
birdc -s /run/r1.ctl show route primary | sed 's/ [0-9:.]*\]/]/; s/ [0-9:.]* from/ from/'
birdc -s /run/r1.ctl show route filtered | sed 's/ [0-9:.]*\]/]/; s/ [0-9:.]* from/ from/'
ip -n r1 route
birdc -s /run/r3.ctl disable st
sleep 2
ip -n r1 route
birdc -s /run/r1.ctl show route for 10.5.0.9 all | sed 's/ [0-9:.]*\]/]/; s/ [0-9:.]* from/ from/'
birdc -s /run/r3.ctl enable st
sleep 2
ip -n r1 route
birdc -s /run/r1.ctl show route count
birdc -s /run/r1.ctl down
birdc -s /run/r2.ctl down
birdc -s /run/r3.ctl down
