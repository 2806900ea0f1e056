# title: icmp errors nat
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
iptables -t nat -A POSTROUTING -s 10.244.0.0/24 -o uplink -j MASQUERADE
iptables -t nat -A PREROUTING -i uplink -p udp --dport 5000 -j DNAT --to-destination 10.244.0.5:6000
ip netns exec p1 ping -c 1 -W 1 203.0.113.2
timeout 5 tcpdump --immediate-mode -l -nn -i br0 -v icmp > /tmp/c1 2> /dev/null &
timeout 5 tcpdump --immediate-mode -l -nn -i uplink -v icmp > /tmp/c2 2> /dev/null &
ip netns exec p1 timeout 5 tcpdump --immediate-mode -l -nn -i eth0 -v icmp > /tmp/c3 2> /dev/null &
sleep 0.8
echo q | ip netns exec p1 nc -u -w 1 -p 5353 203.0.113.2 9999
echo q | ip netns exec out nc -u -w 1 -p 5454 203.0.113.1 5000
ip netns exec p1 ping -c 1 -W 1 -t 1 203.0.113.2
wait
cat /tmp/c1
cat /tmp/c2
cat /tmp/c3
