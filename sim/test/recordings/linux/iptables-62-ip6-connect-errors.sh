# title: ip6 connect errors
# area: iptables
# ipv6: on

ip netns add a
ip netns add b
ip link add va address 02:00:00:00:0a:01 type veth peer name eth0 address 02:00:00:00:0a:02 netns a
ip link add vb address 02:00:00:00:0b:01 type veth peer name eth0 address 02:00:00:00:0b:02 netns b
ip addr add fd00:a::1/64 dev va nodad
ip addr add fd00:b::1/64 dev vb nodad
ip -n a addr add fd00:a::2/64 dev eth0 nodad
ip -n b addr add fd00:b::2/64 dev eth0 nodad
ip link set va up
ip link set vb up
ip link set lo up
ip -n a link set eth0 up
ip -n b link set eth0 up
sleep 2
ip -n a route add default via fd00:a::1
ip -n b route add default via fd00:b::1
sysctl -w net.ipv6.conf.all.forwarding=1
ip -6 route add unreachable fd00:c::/64
ip -6 route add prohibit fd00:d::/64
ip -6 route add blackhole fd00:e::/64
ip netns exec a nc -z -v -w 3 fd00:c::2 80
sleep 3
ip netns exec a nc -z -v -w 3 fd00:d::2 80
sleep 3
ip netns exec a nc -z -v -w 3 fd00:b::99 80
sleep 3
ip netns exec a nc -z -v -w 3 2001:db8::1 80
ip6tables -A OUTPUT -p tcp -j REJECT
nc -z -v -w 3 fd00:b::2 80
ip6tables -R OUTPUT 1 -p tcp -j REJECT --reject-with icmp6-adm-prohibited
nc -z -v -w 3 fd00:b::2 80
ip6tables -F
ip netns exec b ip6tables -A INPUT -p tcp -j REJECT
sleep 3
ip netns exec a nc -z -v -w 3 fd00:b::2 80
nc -z -v -w 3 fd00:b::2 80
ip netns exec b ip6tables -F
ip netns exec b ip6tables -A INPUT -p tcp -j REJECT --reject-with tcp-reset
nc -z -v -w 3 fd00:b::2 80
ip6tables -A OUTPUT -p tcp -j REJECT --reject-with tcp-reset
nc -z -v -w 3 fd00:b::2 81
