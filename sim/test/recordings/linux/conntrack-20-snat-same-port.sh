# title: two clients with one source port behind one address
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
ip netns add d
ip link add eth0 netns d type veth peer name rd netns r
ip -n d addr add 10.3.0.2/24 dev eth0
ip -n r addr add 10.3.0.1/24 dev rd
ip -n d link set eth0 up
ip -n r link set rd up
ip -n d route add default via 10.3.0.1

ip netns exec r iptables -t nat -A POSTROUTING -o rs -j SNAT --to-source 10.2.0.1
ip netns exec s serve -u 53 dns > /dev/null 2>&1 &
ip netns exec s serve 80 web > /dev/null 2>&1 &
sleep 0.3
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
echo q | ip netns exec d nc -u -w 1 -p 7000 10.2.0.2 53
ip netns exec r conntrack -L -p udp -n
ip netns exec r conntrack -L -p udp -s 10.1.0.2
ip netns exec r conntrack -L -p udp -s 10.3.0.2 | sed 's/dport=[0-9]* *mark/dport=X mark/'
ip netns exec c curl -sS -m 1 --local-port 600 http://10.2.0.2/
ip netns exec d curl -sS -m 1 --local-port 600 http://10.2.0.2/
ip netns exec r conntrack -L -p tcp -s 10.3.0.2 | grep -oE 'dport=[0-9]+ ' | tail -1 | awk -F= '{ print ($2 >= 600 && $2 < 1024) ? "600-1023" : "other" }'
ip netns exec c ping -c 1 -W 1 10.2.0.2
ip netns exec r conntrack -L -p icmp -q 10.2.0.1
ip netns exec r conntrack -L --src-nat 10.2.0.1 -p udp -s 10.1.0.2
ip netns exec r conntrack -L --any-nat -p udp -s 10.1.0.2
ip netns exec r conntrack -L --dst-nat
ip netns exec r conntrack -L -j 10.2.0.1 -p udp -s 10.1.0.2
