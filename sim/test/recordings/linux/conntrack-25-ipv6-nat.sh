# title: NAT for IPv6
# area: conntrack
# ipv6: on

ip netns add c
ip netns add r
ip netns add s
ip link add eth0 netns c type veth peer name rc netns r
ip -n c addr add 10.1.0.2/24 dev eth0
ip -n r addr add 10.1.0.1/24 dev rc
ip -n c link set eth0 up
ip -n c link set lo up
ip -n r link set rc up
ip -n r link set lo up
ip link add eth0 netns s type veth peer name rs netns r
ip -n s addr add 10.2.0.2/24 dev eth0
ip -n r addr add 10.2.0.1/24 dev rs
ip -n s link set eth0 up
ip -n s link set lo up
ip -n r link set rs up
ip -n c route add default via 10.1.0.1
ip -n s route add default via 10.2.0.1
ip netns exec r sysctl -w net.ipv4.ip_forward=1
sleep 2
ip -n c -6 addr add fd01::2/64 dev eth0 nodad
ip -n r -6 addr add fd01::1/64 dev rc nodad
ip -n r -6 addr add fd02::1/64 dev rs nodad
ip -n s -6 addr add fd02::2/64 dev eth0 nodad
ip -n c -6 route add default via fd01::1
ip netns exec r sysctl -w net.ipv6.conf.all.forwarding=1
ip netns exec s serve -6 80 web > /dev/null 2>&1 &
sleep 0.3
ip netns exec r ip6tables -t nat -A POSTROUTING -o rs -j MASQUERADE
ip netns exec r ip6tables -t nat -A PREROUTING -d fd01::1 -p tcp --dport 8080 -j DNAT --to-destination [fd02::2]:80
ip netns exec c curl -sS -m 2 --local-port 5001 'http://[fd02::2]/'
ip netns exec c ping -6 -c 1 -W 1 fd02::2
ip netns exec c curl -sS -m 2 --local-port 5002 'http://[fd01::1]:8080/'
ip netns exec r conntrack -L -f ipv6 -p tcp
ip netns exec r conntrack -L -f ipv6 -p icmpv6
ip netns exec r conntrack -L -f ipv6 -o extended -p tcp
ip netns exec r conntrack -L -p tcp
ip netns exec r conntrack -L -f ipv6 -p tcp -s fd01::2 --sport 5001
ip netns exec r conntrack -C
ip netns exec r conntrack -D -f ipv6 -p tcp
