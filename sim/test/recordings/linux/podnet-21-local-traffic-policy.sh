# title: local traffic policy
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
ip netns add ext
ip link add eth1 netns node2 type veth peer name eth0 netns ext
ip -n node2 addr add 203.0.113.2/24 dev eth1
ip -n ext addr add 203.0.113.9/24 dev eth0
ip -n node2 link set eth1 up
ip -n ext link set eth0 up
ip -n node1 route add 203.0.113.0/24 via 192.168.0.12
ip netns exec a serve 80 pod-a > /dev/null 2>&1 &
ip netns exec c serve 80 pod-c > /dev/null 2>&1 &
sleep 0.3
ip netns exec node2 iptables -t nat -N XLB
ip netns exec node2 iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 30080 -j XLB
ip netns exec node2 iptables -t nat -A XLB -s 10.244.0.0/16 -j DNAT --to-destination 10.244.1.2:80
ip netns exec node2 iptables -t nat -A XLB -p tcp -j DNAT --to-destination 10.244.2.2:80
ip netns exec ext curl -sS -m 1 http://203.0.113.2:30080/
ip netns exec node2 iptables -t nat -R XLB 1 -s 10.244.0.0/16 -p tcp -j DNAT --to-destination 10.244.1.2:80
ip netns exec ext curl -sS -m 1 http://203.0.113.2:30080/
ip netns exec a curl -sS -m 1 http://192.168.0.12:30080/
ip netns exec node2 iptables -t nat -R XLB 2 -p tcp -j DNAT --to-destination 10.244.1.2:80
ip netns exec ext curl -sS -m 1 http://203.0.113.2:30080/
ip netns exec node2 iptables -t nat -I POSTROUTING -d 10.244.1.0/24 -m conntrack --ctstate DNAT -j MASQUERADE
ip netns exec ext curl -sS -m 1 http://203.0.113.2:30080/
ip netns exec node2 iptables -t filter -A FORWARD -m conntrack --ctorigdstport 30080 --ctstate DNAT -j REJECT
ip netns exec ext curl -sS -m 1 http://203.0.113.2:30080/
ip netns exec node2 iptables -F FORWARD
ip netns exec node2 iptables -t nat -F XLB
ip netns exec node2 iptables -A INPUT -p tcp --dport 30080 -m comment --comment "no local endpoints" -j DROP
ip netns exec ext curl -sS -m 1 http://203.0.113.2:30080/
ip netns exec node2 conntrack -L -p tcp --dport 30080
ip netns exec node2 iptables -t nat -nvL POSTROUTING
ip netns exec node2 iptables -nvL INPUT
