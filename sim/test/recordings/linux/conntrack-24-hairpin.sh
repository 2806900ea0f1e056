# title: a server behind DNAT reached from its own network
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
ip -n r link add br0 type bridge
ip -n r addr add 10.5.0.1/24 dev br0
ip -n r link set br0 up
ip netns add p1
ip netns add p2
ip link add v1 netns r type veth peer name eth0 netns p1
ip link add v2 netns r type veth peer name eth0 netns p2
ip -n r link set v1 master br0 up
ip -n r link set v2 master br0 up
ip -n p1 addr add 10.5.0.11/24 dev eth0
ip -n p2 addr add 10.5.0.12/24 dev eth0
ip -n p1 link set eth0 up
ip -n p2 link set eth0 up
ip -n p1 route add default via 10.5.0.1
ip -n p2 route add default via 10.5.0.1
ip netns exec p1 serve 80 p1 > /dev/null 2>&1 &
ip netns exec p2 serve 80 p2 > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.5.0.11
ip netns exec c curl -sS -m 1 http://10.1.0.1/
ip netns exec p2 curl -sS -m 1 --local-port 5001 http://10.1.0.1/
ip netns exec r conntrack -L -p tcp --orig-port-src 5001
ip netns exec r iptables -t nat -A POSTROUTING -s 10.5.0.0/24 -d 10.5.0.0/24 -j MASQUERADE
ip netns exec p2 curl -sS -m 1 --local-port 5002 http://10.1.0.1/
ip netns exec r conntrack -L -p tcp --orig-port-src 5002
ip netns exec p1 curl -sS -m 1 --local-port 5003 http://10.1.0.1/
ip -n r link set v1 type bridge_slave hairpin on
ip netns exec p1 curl -sS -m 1 --local-port 5004 http://10.1.0.1/
ip netns exec r conntrack -L -p tcp --orig-port-src 5004
