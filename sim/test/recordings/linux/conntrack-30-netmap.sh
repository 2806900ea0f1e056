# title: NETMAP and SNAT in INPUT
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
ip netns exec r serve 81 router > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -t nat -A PREROUTING -d 10.77.0.0/24 -j NETMAP --to 10.2.0.0/24
ip netns exec r iptables -t nat -A POSTROUTING -s 10.1.0.0/24 -o rs -j NETMAP --to 10.88.0.0/24
ip netns exec s ip route add 10.88.0.0/24 via 10.2.0.1
ip netns exec c curl -sS -m 1 --local-port 5001 http://10.77.0.2/
ip netns exec c ping -c 1 -W 1 10.77.0.2
ip netns exec r conntrack -L
ip netns exec r iptables -t nat -A INPUT -p tcp --dport 81 -j SNAT --to-source 192.0.2.9
ip netns exec c curl -sS -m 1 --local-port 5002 http://10.1.0.1:81/
ip netns exec r conntrack -L -p tcp --dport 81
ip netns exec r iptables -t nat -S
