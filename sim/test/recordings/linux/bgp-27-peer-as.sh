# title: a wrong peer AS, allow local as, medians of MED and next hops
# area: bgp
# ipv6: off
ip netns add r1
ip netns add r2
ip netns add r3
ip link add e0 netns r1 type veth peer name e1 netns r2
ip link add e2 netns r1 type veth peer name e3 netns r3
ip -n r1 addr add 10.0.0.1/24 dev e0
ip -n r2 addr add 10.0.0.2/24 dev e1
ip -n r1 addr add 10.0.1.1/24 dev e2
ip -n r3 addr add 10.0.1.3/24 dev e3
ip -n r1 link set e0 up
ip -n r2 link set e1 up
ip -n r1 link set e2 up
ip -n r3 link set e3 up
cat > /tmp/r1.conf <<END
log "/tmp/r1.log" all;
router id 10.0.0.1;
protocol device { scan time 1; }
protocol kernel { ipv4 { export all; }; merge paths on; }
protocol bgp p2 { local 10.0.0.1 as 64512; neighbor 10.0.0.2 as 64620; connect delay time 1; ipv4 { import all; export all; }; allow local as 1; med metric; }
protocol bgp p3 { local 10.0.1.1 as 64512; neighbor 10.0.1.3 as 64513; connect delay time 1; ipv4 { import all; export all; next hop keep; }; }
END

cat > /tmp/r2.conf <<END
log "/tmp/r2.log" all;
router id 10.0.0.2;
protocol device { scan time 1; }
protocol static { ipv4; route 10.5.0.0/24 blackhole; route 10.6.0.0/24 blackhole; }
filter fout { if net = 10.6.0.0/24 then bgp_path.prepend(64512); bgp_med = 50; accept; }
protocol bgp p1 { local 10.0.0.2 as 64513; neighbor 10.0.0.1 as 64512; connect delay time 1; ipv4 { import all; export filter fout; }; }
END

cat > /tmp/r3.conf <<END
log "/tmp/r3.log" all;
router id 10.0.1.3;
protocol device { scan time 1; }
protocol static { ipv4; route 10.5.0.0/24 blackhole; }
filter fout { bgp_med = 10; accept; }
protocol bgp p1 { local 10.0.1.3 as 64513; neighbor 10.0.1.1 as 64512; connect delay time 1; ipv4 { import all; export filter fout; }; }
END

ip netns exec r1 bird -c /tmp/r1.conf -s /run/r1.ctl -P /run/r1.pid
ip netns exec r2 bird -c /tmp/r2.conf -s /run/r2.ctl -P /run/r2.pid
ip netns exec r3 bird -c /tmp/r3.conf -s /run/r3.ctl -P /run/r3.pid
sleep 5
birdc -s /run/r1.ctl show protocols p2 | awk '{print $1,$2,$4,$6,$7,$8,$9,$10}'
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r1.log | head -8
sed 's/^[0-9-]* [0-9:.]* //' /tmp/r2.log | head -8
sed -i 's/64620/64513/' /tmp/r1.conf
birdc -s /run/r1.ctl configure
birdc -s /run/r2.ctl restart p1
sleep 7
birdc -s /run/r1.ctl show protocols | awk '{print $1,$2,$4,$6}'
birdc -s /run/r1.ctl show route all | sed 's/\[\(p.\) .*from/[\1 from/; s/\[\(p.\) [0-9:.]*\]/[\1]/'
ip -n r1 route
birdc -s /run/r3.ctl show route all | sed 's/\[\([a-z0-9]*\) [0-9:.]*\]/[\1]/'
birdc -s /run/r1.ctl down
birdc -s /run/r2.ctl down
birdc -s /run/r3.ctl down
