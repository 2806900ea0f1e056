# title: related
# area: conntrack
# ipv6: off

ip netns add a
ip netns add b
ip link add va address 02:00:00:00:0a:01 type veth peer name eth0 address 02:00:00:00:0a:02 netns a
ip link add vb address 02:00:00:00:0b:01 type veth peer name eth0 address 02:00:00:00:0b:02 netns b
ip addr add 10.1.0.1/24 dev va
ip addr add 10.2.0.1/24 dev vb
ip -n a addr add 10.1.0.2/24 dev eth0
ip -n b addr add 10.2.0.2/24 dev eth0
ip link set va up
ip link set vb up
ip link set lo up
ip -n a link set eth0 up
ip -n b link set eth0 up
ip -n a route add default via 10.1.0.1
ip -n b route add default via 10.2.0.1
sysctl -w net.ipv4.ip_forward=1
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
iptables -A FORWARD -i va -m conntrack --ctstate NEW -j ACCEPT
iptables -t nat -A POSTROUTING -o vb -j MASQUERADE
echo q | ip netns exec a nc -u -v -w 1 10.2.0.2 9999
ip netns exec a dig +time=1 +tries=1 @10.2.0.2 x.test
iptables -A FORWARD -m conntrack --ctstate RELATED -j ACCEPT
ip netns exec a dig +time=1 +tries=1 @10.2.0.2 x.test
conntrack -E -o timestamp > /tmp/ev 2>&1 &
ip netns exec a timeout 3 tcpdump --immediate-mode -l -nn -i eth0 icmp > /tmp/c1 2> /dev/null &
ip netns exec b timeout 3 tcpdump --immediate-mode -l -nn -i eth0 icmp > /tmp/c2 2> /dev/null &
sleep 0.8
echo q | ip netns exec a nc -u -w 1 -p 6000 10.2.0.2 9999
wait %2 %3
kill %1
cat /tmp/c1
cat /tmp/c2
sed 's/^\[[^]]*\][ \t]*//' /tmp/ev
iptables -nvL FORWARD
conntrack -L -p udp --sport 6000
ip netns exec b ip route add blackhole 10.9.0.0/24
ip netns exec b ip route add unreachable 10.8.0.0/24
ip route add 10.8.0.0/24 via 10.2.0.2
ip netns exec b sysctl -w net.ipv4.ip_forward=1
ip netns exec a ping -c 1 -W 1 10.8.0.1
conntrack -L -p icmp
