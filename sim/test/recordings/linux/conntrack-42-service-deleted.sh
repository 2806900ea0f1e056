# title: service deleted
# area: conntrack
# ipv6: off

ip netns add out
ip link add uplink address 02:00:00:00:01:01 type veth peer name eth0 address 02:00:00:00:01:02 netns out
ip addr add 203.0.113.1/24 dev uplink
ip -n out addr add 203.0.113.2/24 dev eth0
ip link set uplink up
ip -n out link set eth0 up
ip -n out link set lo up
ip link add br0 address 02:00:00:00:00:01 type bridge
ip addr add 10.244.0.1/24 dev br0
ip link set br0 up
ip netns add p1
ip link add veth-p1 type veth peer name eth0 address 02:00:00:00:00:05 netns p1
ip link set veth-p1 master br0 up
ip -n p1 addr add 10.244.0.5/24 dev eth0
ip -n p1 link set eth0 up
ip -n p1 link set lo up
ip -n p1 route add default via 10.244.0.1
ip netns add p2
ip link add veth-p2 type veth peer name eth0 address 02:00:00:00:00:06 netns p2
ip link set veth-p2 master br0 up
ip -n p2 addr add 10.244.0.6/24 dev eth0
ip -n p2 link set eth0 up
ip -n p2 link set lo up
ip -n p2 route add default via 10.244.0.1
ip link set lo up
sysctl -w net.ipv4.ip_forward=1
ip netns exec p1 serve -u 53 p1 > /dev/null 2>&1 &
ip netns exec p2 serve -u 53 p2 > /dev/null 2>&1 &
sleep 0.3
iptables -t nat -N SVC
iptables -t nat -A PREROUTING -d 10.96.0.10 -p udp --dport 53 -j SVC
iptables -t nat -A SVC -m statistic --mode nth --every 2 --packet 0 -j DNAT --to-destination 10.244.0.5:53
iptables -t nat -A SVC -p udp -j DNAT --to-destination 10.244.0.6:53
ip -n out route add 10.96.0.0/12 via 203.0.113.1
echo q | ip netns exec out nc -u -w 1 -p 7001 10.96.0.10 53
iptables -t nat -R SVC 1 -p udp -m statistic --mode nth --every 2 --packet 0 -j DNAT --to-destination 10.244.0.5:53
echo q | ip netns exec out nc -u -w 1 -p 7001 10.96.0.10 53
echo q | ip netns exec out nc -u -w 1 -p 7002 10.96.0.10 53
echo q | ip netns exec out nc -u -w 1 -p 7003 10.96.0.10 53
echo q | ip netns exec out nc -u -w 1 -p 7002 10.96.0.10 53
conntrack -L -p udp -d 10.96.0.10
iptables -t nat -D SVC 1
conntrack -D -p udp -d 10.96.0.10 --reply-src 10.244.0.5
echo q | ip netns exec out nc -u -w 1 -p 7002 10.96.0.10 53
conntrack -L -p udp -d 10.96.0.10 --reply-src 10.244.0.6
iptables -t nat -F SVC
echo q | ip netns exec out nc -u -w 1 -p 7004 10.96.0.10 53
conntrack -L -p udp -d 10.96.0.10 --orig-port-src 7004
iptables -t nat -nL SVC
