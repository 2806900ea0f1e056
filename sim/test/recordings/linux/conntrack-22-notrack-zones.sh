# title: NOTRACK and zones in raw
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
ip netns exec s serve -u 53 dns > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -A FORWARD -m conntrack --ctstate UNTRACKED
ip netns exec r iptables -A FORWARD -m conntrack --ctstate INVALID
ip netns exec r iptables -A FORWARD -m conntrack --ctstate NEW
ip netns exec r iptables -A FORWARD -m conntrack --ctstate ESTABLISHED
ip netns exec r iptables -t raw -A PREROUTING -p icmp -j CT --notrack
ip netns exec c ping -c 1 -W 1 10.2.0.2
ip netns exec r conntrack -L
ip netns exec r iptables -t raw -F
ip netns exec r iptables -t raw -A PREROUTING -p udp -j NOTRACK
ip netns exec r iptables -t raw -S
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
ip netns exec r conntrack -L
ip netns exec r iptables -t raw -F
ip netns exec r iptables -t raw -A PREROUTING -i rc -j CT --zone 7
ip netns exec r iptables -t raw -A PREROUTING -i rs -j CT --zone 7
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
ip netns exec r conntrack -L
ip netns exec r conntrack -L -w 7
ip netns exec r conntrack -L --zone 8
ip netns exec r iptables -t raw -R PREROUTING 2 -i rs -j CT --zone 8
ip netns exec c ping -c 1 -W 1 10.2.0.2
ip netns exec r conntrack -L -p icmp
ip netns exec r conntrack -D -w 7
ip netns exec r conntrack -D --zone 9
ip netns exec r iptables -t raw -F
ip netns exec r iptables -t raw -A PREROUTING -i rc -j CT --zone-orig 5
echo q | ip netns exec c nc -u -w 1 -p 7005 10.2.0.2 53
ip netns exec r conntrack -L -p udp
ip netns exec r iptables -L FORWARD -v -n -x
