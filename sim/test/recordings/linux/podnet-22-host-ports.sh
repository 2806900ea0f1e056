# title: host ports
# area: podnet
# ipv6: off

ip netns add node1
ip netns add node2
ip link add eth0 netns node1 type veth peer name eth0 netns node2
ip -n node1 addr add 192.168.0.11/24 dev eth0
ip -n node2 addr add 192.168.0.12/24 dev eth0
ip -n node1 link set eth0 up
ip -n node2 link set eth0 up
ip -n node1 link add cni0 type bridge
ip -n node1 addr add 10.244.1.1/24 dev cni0
ip -n node1 link set cni0 up
ip -n node1 link set lo up
ip netns exec node1 sysctl -w net.ipv4.ip_forward=1
ip -n node2 link add cni0 type bridge
ip -n node2 addr add 10.244.2.1/24 dev cni0
ip -n node2 link set cni0 up
ip -n node2 link set lo up
ip netns exec node2 sysctl -w net.ipv4.ip_forward=1
ip -n node1 route add 10.244.2.0/24 via 192.168.0.12
ip -n node2 route add 10.244.1.0/24 via 192.168.0.11
ip netns add a
ip link add veth-a netns node1 type veth peer name eth0 netns a
ip -n node1 link set veth-a master cni0 up
ip -n a addr add 10.244.1.2/24 dev eth0
ip -n a link set eth0 up
ip -n a link set lo up
ip -n a route add default via 10.244.1.1
ip netns add b
ip link add veth-b netns node1 type veth peer name eth0 netns b
ip -n node1 link set veth-b master cni0 up
ip -n b addr add 10.244.1.3/24 dev eth0
ip -n b link set eth0 up
ip -n b link set lo up
ip -n b route add default via 10.244.1.1
ip netns add c
ip link add veth-c netns node2 type veth peer name eth0 netns c
ip -n node2 link set veth-c master cni0 up
ip -n c addr add 10.244.2.2/24 dev eth0
ip -n c link set eth0 up
ip -n c link set lo up
ip -n c route add default via 10.244.2.1
ip netns exec a serve 8080 pod-a > /dev/null 2>&1 &
ip netns exec c serve 8080 pod-c > /dev/null 2>&1 &
sleep 0.3
ip netns exec node1 iptables -t nat -N HOSTPORTS
ip netns exec node1 iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j HOSTPORTS
ip netns exec node1 iptables -t nat -A OUTPUT -m addrtype --dst-type LOCAL -j HOSTPORTS
ip netns exec node1 iptables -t nat -A HOSTPORTS -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.244.1.2:8080
ip netns exec node2 curl -sS -m 1 http://192.168.0.11/
ip netns exec node1 curl -sS -m 1 http://192.168.0.11/
ip netns exec b curl -sS -m 1 http://192.168.0.11/
ip netns exec b curl -sS -m 1 http://10.244.1.1/
ip netns exec a curl -sS -m 1 http://192.168.0.11/
ip netns exec c curl -sS -m 1 http://192.168.0.11/
ip netns exec node1 iptables -t nat -A POSTROUTING -s 10.244.1.2/32 -d 10.244.1.2/32 -p tcp -m tcp --dport 8080 -j MASQUERADE
ip -n node1 link set veth-a type bridge_slave hairpin on
ip netns exec a curl -sS -m 1 http://192.168.0.11/
ip netns exec node1 curl -sS -m 1 http://127.0.0.1/
ip netns exec node1 sysctl -w net.ipv4.conf.all.route_localnet=1
ip netns exec node1 iptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o cni0 -j MASQUERADE
ip netns exec node1 curl -sS -m 1 http://127.0.0.1/
ip netns exec node1 conntrack -L -p tcp -s 127.0.0.1
ip netns exec node1 iptables -t nat -S
ip netns exec node1 iptables -t nat -nL HOSTPORTS
ip netns exec node1 bridge -d link show dev veth-a | grep -o 'hairpin on'
