# title: which state answers from the machine itself have
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
ip netns exec r iptables -A OUTPUT -m conntrack --ctstate INVALID
ip netns exec r iptables -A OUTPUT -m conntrack --ctstate NEW
ip netns exec r iptables -A OUTPUT -m conntrack --ctstate ESTABLISHED
ip netns exec r iptables -A OUTPUT -m conntrack --ctstate RELATED
ip netns exec r iptables -A FORWARD -p udp -j REJECT
ip netns exec r iptables -A FORWARD -p tcp --dport 80 -j REJECT --reject-with tcp-reset
ip netns exec r iptables -A FORWARD -p tcp --dport 81 -j REJECT
ip netns exec c curl -sS -m 1 http://10.2.0.2/
ip netns exec r iptables -L OUTPUT -v -n -x
ip netns exec c curl -sS -m 1 http://10.2.0.2:81/
ip netns exec r iptables -L OUTPUT -v -n -x
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
ip netns exec r iptables -L OUTPUT -v -n -x
ip netns exec c ping -c 1 -W 1 10.1.0.1
ip netns exec r iptables -L OUTPUT -v -n -x
echo q | ip netns exec c nc -u -w 1 -p 7000 10.1.0.1 53
ip netns exec r iptables -L OUTPUT -v -n -x
ip netns exec c traceroute -n -q 1 -w 1 10.2.0.2
ip netns exec r iptables -L OUTPUT -v -n -x
ip netns exec r conntrack -L
