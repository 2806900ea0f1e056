# title: flows whose entry is gone
# area: conntrack
# ipv6: off

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
ip netns exec s serve 80 web > /dev/null 2>&1 &
ip netns exec s sh -c 'sleep 60 | nc -l -p 90 > /tmp/got' &
sleep 0.3
ip netns exec r iptables -t nat -A POSTROUTING -o rs -j MASQUERADE
(echo one; sleep 2; echo two; sleep 60) | ip netns exec c nc -p 5001 10.2.0.2 90 > /dev/null 2>&1 &
sleep 0.5
ip netns exec r conntrack -L -p tcp
ip netns exec r conntrack -F
sleep 2
cat /tmp/got
ip netns exec r conntrack -L -p tcp
ip netns exec r iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP
ip netns exec c ping -c 1 -W 1 10.2.0.2
ip netns exec r iptables -t nat -F
ip netns exec c ping -c 1 -W 1 10.2.0.2
ip netns exec r conntrack -L -p icmp
