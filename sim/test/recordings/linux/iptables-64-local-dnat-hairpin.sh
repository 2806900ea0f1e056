# title: local dnat hairpin
# area: iptables
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
ip netns exec p1 serve 80 p1 > /dev/null 2>&1 &
serve -b 127.0.0.1 8000 loopback > /dev/null 2>&1 &
sleep 0.3
iptables -t nat -A OUTPUT -d 10.96.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.244.0.5:80
curl -sS -m 1 http://10.96.0.1/
ip route add default via 203.0.113.2
curl -sS -m 1 http://10.96.0.1/
iptables -t nat -A PREROUTING -d 10.96.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.244.0.5:80
ip netns exec p2 curl -sS -m 1 http://10.96.0.1/
ip netns exec p1 curl -sS -m 1 http://10.96.0.1/
iptables -t nat -A POSTROUTING -s 10.244.0.5 -d 10.244.0.5 -j MASQUERADE
ip netns exec p1 curl -sS -m 1 http://10.96.0.1/
bridge link set dev veth-p1 hairpin on
ip netns exec p1 curl -sS -m 1 http://10.96.0.1/
conntrack -L -p tcp
iptables -t nat -A OUTPUT -d 203.0.113.1 -p tcp --dport 8000 -j DNAT --to-destination 127.0.0.1
curl -sS -m 1 http://203.0.113.1:8000/
iptables -t nat -A PREROUTING -d 203.0.113.1 -p tcp --dport 8000 -j DNAT --to-destination 127.0.0.1
ip netns exec out curl -sS -m 1 http://203.0.113.1:8000/
sysctl -w net.ipv4.conf.uplink.route_localnet=1
ip netns exec out curl -sS -m 1 http://203.0.113.1:8000/
iptables -t nat -S
