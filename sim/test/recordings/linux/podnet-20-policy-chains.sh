# title: policy chains
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
ip netns exec a serve 80 pod-a > /dev/null 2>&1 &
ip netns exec c serve 80 pod-c > /dev/null 2>&1 &
ip netns exec c serve 8080 pod-c-alt > /dev/null 2>&1 &
sleep 0.3
ip netns exec node2 iptables -N POD-C
ip netns exec node2 iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
ip netns exec node2 iptables -A FORWARD -d 10.244.2.2/32 -j POD-C
ip netns exec node2 iptables -A FORWARD -s 10.244.2.2/32 -m comment --comment "egress of pod c" -j REJECT --reject-with icmp-admin-prohibited
ip netns exec node2 ipset create web-clients hash:net,port
ip netns exec node2 ipset add web-clients 10.244.1.2/32,tcp:80
ip netns exec node2 iptables -A POD-C -m set --match-set web-clients src,dst -j ACCEPT
ip netns exec node2 iptables -A POD-C -m set ! --match-set web-clients src,dst -p udp -j DROP
ip netns exec node2 iptables -A POD-C -j REJECT --reject-with icmp-port-unreachable
ip netns exec a curl -sS -m 1 http://10.244.2.2/
ip netns exec b curl -sS -m 1 http://10.244.2.2/
ip netns exec a curl -sS -m 1 http://10.244.2.2:8080/
ip netns exec a ping -c 1 -W 1 10.244.2.2
ip netns exec c curl -sS -m 1 http://10.244.1.2/
ip netns exec c ping -c 2 -i 0.3 -W 1 10.244.1.2
ip netns exec node2 ipset add web-clients 10.244.1.0/24,tcp:8080-8081
ip netns exec a curl -sS -m 1 http://10.244.2.2:8080/
ip netns exec b curl -sS -m 1 http://10.244.2.2:8080/
ip netns exec node2 ipset list web-clients
ip netns exec node2 iptables -nvL POD-C
ip netns exec node2 ipset destroy web-clients
ip netns exec node2 iptables -D POD-C 1
ip netns exec node2 iptables -D POD-C 1
ip netns exec node2 ipset destroy web-clients
ip netns exec b curl -sS -m 1 http://10.244.2.2/
ip netns exec node2 iptables -S
