# title: traceroute through nat
# area: tcpdump
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
ip netns add far
ip link add eth1 netns out type veth peer name eth0 netns far
ip -n out addr add 198.51.100.1/24 dev eth1
ip -n far addr add 198.51.100.2/24 dev eth0
ip -n out link set eth1 up
ip -n far link set eth0 up
ip -n far route add default via 198.51.100.1
ip netns exec out sysctl -w net.ipv4.ip_forward=1
ip route add default via 203.0.113.2
iptables -t nat -A POSTROUTING -o uplink -j MASQUERADE
ip netns exec p1 traceroute -n -q 1 -w 1 198.51.100.2
ip netns exec p1 traceroute -n -q 1 -w 1 -I 198.51.100.2
ip netns exec p1 traceroute -n -q 1 -w 1 -T 198.51.100.2
timeout 3 tcpdump --immediate-mode -l -nn -i uplink icmp > /tmp/c1 2> /dev/null &
timeout 3 tcpdump --immediate-mode -l -nn -i br0 icmp > /tmp/c2 2> /dev/null &
sleep 0.8
ip netns exec p1 ping -c 1 -W 1 -t 2 198.51.100.2
wait
cat /tmp/c1
cat /tmp/c2
iptables -A FORWARD -p icmp -m icmp --icmp-type time-exceeded -j DROP
ip netns exec p1 traceroute -n -q 1 -w 1 198.51.100.2
ip netns exec p1 ping -c 1 -W 1 -t 2 198.51.100.2
iptables -A FORWARD -p udp -m udp --dport 33434:33523 -j REJECT
ip netns exec p1 traceroute -n -q 1 -w 1 198.51.100.2
ip netns exec far ping -c 1 -W 1 10.244.0.5
ip netns exec p1 tracepath -n 198.51.100.2
conntrack -L -p icmp
