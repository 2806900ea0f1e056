# title: connection marks saved and restored
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
ip netns exec r iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark
ip netns exec r iptables -t mangle -A PREROUTING -i rc -p udp -m mark --mark 0 -j MARK --set-mark 0x12
ip netns exec r iptables -t mangle -A POSTROUTING -j CONNMARK --save-mark
ip netns exec r iptables -t mangle -A FORWARD -m connmark --mark 0x12
ip netns exec r iptables -t mangle -A FORWARD -m connmark --mark 0x2/0xf
ip netns exec r iptables -t mangle -A FORWARD -m connmark ! --mark 0x12
ip netns exec r iptables -t mangle -A FORWARD -i rs -m mark --mark 0x12
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
ip netns exec c ping -c 1 10.2.0.2
ip netns exec r iptables -t mangle -L FORWARD -v -n -x
ip netns exec r conntrack -L -m 18
ip netns exec r conntrack -L -m 0x2/0xf
ip netns exec r conntrack -L --mark 0
ip netns exec r conntrack -U -p udp --mark 99
ip netns exec r conntrack -L -p udp
ip netns exec r conntrack -U -p udp --orig-port-src 7000 --mark 0x100/0xff00
ip netns exec r conntrack -L -p udp
ip netns exec r iptables -t mangle -A FORWARD -p icmp -j CONNMARK --set-mark 5
ip netns exec r iptables -t mangle -A FORWARD -p icmp -j CONNMARK --set-xmark 0x70/0xf0
ip netns exec r iptables -t mangle -A FORWARD -p icmp -j CONNMARK --or-mark 0x1000
ip netns exec c ping -c 1 10.2.0.2
ip netns exec r conntrack -L -p icmp -m 0x1075
ip netns exec r conntrack -D -m 0x1075
ip netns exec r iptables -t mangle -S FORWARD
