# title: own packets refused
# area: iptables
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
iptables -A OUTPUT -d 10.2.0.2 -j REJECT
ping -c 1 -W 1 10.2.0.2
curl -sS -m 1 http://10.2.0.2/
ping -c 1 -W 1 10.2.0.2
ping -c 2 -i 0.3 -W 1 10.2.0.2
iptables -R OUTPUT 1 -d 10.2.0.2 -j DROP
ping -c 1 -W 1 10.2.0.2
ping -c 2 -i 0.3 -W 1 10.2.0.2
iptables -R OUTPUT 1 -d 10.2.0.2 -j REJECT --reject-with icmp-host-prohibited
ping -c 1 -W 1 10.2.0.2
echo q | nc -u -v -w 1 10.2.0.2 53
iptables -A OUTPUT -d 10.1.0.2 -p udp -j DROP
echo q | nc -u -v -w 1 10.1.0.2 53
echo q | nc -u -w 1 10.1.0.2 53
nc -z -v -u -w 1 10.1.0.2 53
dig +time=1 +tries=1 @10.1.0.2 x.test
traceroute -n -q 1 -w 1 -m 2 10.1.0.2
