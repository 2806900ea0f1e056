# title: marks
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
ip netns exec out serve 80 out > /dev/null 2>&1 &
ip netns exec out serve 8080 alt > /dev/null 2>&1 &
sleep 0.3
iptables -t nat -A POSTROUTING -o uplink -j MASQUERADE
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark
iptables -t mangle -A PREROUTING -m mark ! --mark 0 -j ACCEPT
iptables -t mangle -A PREROUTING -p tcp --dport 80 -j MARK --set-mark 10
iptables -t mangle -A PREROUTING -p tcp --dport 8080 -j MARK --set-mark 0x20/0xf0
iptables -t mangle -A PREROUTING -p icmp -j CONNMARK --set-mark 0x77
iptables -t mangle -A POSTROUTING -j CONNMARK --save-mark
ip netns exec p1 curl -sS -m 1 http://203.0.113.2/
ip netns exec p2 curl -sS -m 1 http://203.0.113.2:8080/
ip netns exec p1 ping -c 1 -W 1 203.0.113.2
conntrack -L -p tcp --mark 10
conntrack -L --mark 0x20
conntrack -L --mark 0x20/0xf0
conntrack -L -p icmp
conntrack -L --mark 119
iptables -A FORWARD -m connmark --mark 10 -j REJECT
ip netns exec p1 curl -sS -m 1 http://203.0.113.2/
ip netns exec p2 curl -sS -m 1 http://203.0.113.2:8080/
iptables -t mangle -S
iptables -t mangle -nL PREROUTING
conntrack -U -p tcp --mark 99
conntrack -L -p tcp -m 99 -s 10.244.0.6
conntrack -D -m 99
conntrack -D -m 99
iptables -t mangle -A PREROUTING -j CONNMARK --set-xmark 0x1/0x1
iptables -t mangle -A PREROUTING -j CONNMARK --and-mark 0xf
iptables -t mangle -A PREROUTING -j CONNMARK --or-mark 0x10
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark --mask 0xff
iptables -t mangle -S PREROUTING
iptables -A INPUT -j CONNMARK --set-mark 1
iptables -A INPUT -j MARK --set-mark 1
