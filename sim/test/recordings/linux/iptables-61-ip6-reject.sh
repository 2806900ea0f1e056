# title: ip6 reject
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
ip6tables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
ip6tables -A FORWARD -p ipv6-icmp --icmpv6-type echo-request -j ACCEPT
ip6tables -A FORWARD -p tcp --dport 80 -s fd00:a::/64 -j ACCEPT
ip6tables -A FORWARD -p tcp --dport 81 -j REJECT --reject-with tcp-reset
ip6tables -A FORWARD -j REJECT --reject-with icmp6-adm-prohibited
ip netns exec b serve -6 80 web6 > /dev/null 2>&1 &
ip netns exec b serve -6 81 web6 > /dev/null 2>&1 &
sleep 0.3
ip netns exec a ping -c 1 -W 1 fd00:b::2
ip netns exec a curl -g -sS -m 1 http://[fd00:b::2]/
ip netns exec a curl -g -sS -m 1 http://[fd00:b::2]:81/
ip netns exec a curl -g -sS -m 1 http://[fd00:b::2]:82/
ip netns exec a nc -z -v -w 1 fd00:b::2 82
ip netns exec b ping -c 1 -W 1 fd00:a::2
ip6tables -nL FORWARD
ip6tables -S
ip6tables -A FORWARD -p icmp -j ACCEPT
ip6tables -A FORWARD -s 10.0.0.0/8 -j ACCEPT
ip6tables -A FORWARD -p icmpv6 --icmpv6-type bogus -j ACCEPT
ip6tables -A FORWARD -j REJECT --reject-with icmp-port-unreachable
ip6tables -t nat -A POSTROUTING -o vb -j MASQUERADE
ip6tables -I FORWARD -j ACCEPT
ip netns exec a curl -g -sS -m 1 http://[fd00:b::2]/
ip6tables -t nat -A PREROUTING -d fd00:cafe::1 -p tcp --dport 8080 -j DNAT --to-destination [fd00:b::2]:80
ip netns exec a curl -g -sS -m 1 http://[fd00:cafe::1]:8080/
conntrack -L -f ipv6 -p tcp --dport 8080
ip6tables -t nat -S
ip6tables -t nat -nL PREROUTING
ip6tables-save -t nat
ip6tables -t mangle -A FORWARD -j HL --hl-set 9
ip netns exec b ping -c 1 -W 1 fd00:a::2
