# title: path MTU discovery through address translation
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
ip -n r link set rs mtu 1400
ip -n s link set eth0 mtu 1400
sleep 0.3
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -j DNAT --to-destination 10.2.0.2
ip netns exec r iptables -t nat -A POSTROUTING -o rs -j MASQUERADE
ip netns exec c ping -c 1 -W 1 -M do -s 1400 10.1.0.1
ip netns exec c ip route get 10.1.0.1 | sed 's/expires [0-9]*sec/expires Nsec/'
ip netns exec c ping -c 1 -W 1 -M do -s 1372 10.1.0.1
ip netns exec c ping -c 1 -W 1 -s 3000 10.1.0.1
ip netns exec c curl -sS -m 1 http://10.1.0.1/
ip netns exec s tcpdump -n -i eth0 -c 4 -w /tmp/f.pcap icmp > /dev/null 2>&1 &
sleep 0.5
ip netns exec c ping -c 1 -W 1 -s 2600 10.1.0.1
sleep 0.4
tcpdump -n -v -r /tmp/f.pcap 2>/dev/null | grep -o 'offset.*length [0-9]*)'
ip netns exec r conntrack -L -p icmp
