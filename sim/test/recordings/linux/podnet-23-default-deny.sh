# title: default deny
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
ip netns exec b serve 80 pod-b > /dev/null 2>&1 &
ip netns exec c serve 80 pod-c > /dev/null 2>&1 &
sleep 0.3
for n in node1 node2; do ip netns exec $n ipset create ns-prod hash:ip; ip netns exec $n ipset add ns-prod 10.244.1.2; ip netns exec $n ipset add ns-prod 10.244.2.2; done
for n in node1 node2; do ip netns exec $n iptables -N NP; ip netns exec $n iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT; ip netns exec $n iptables -A FORWARD -m set --match-set ns-prod dst -j NP; ip netns exec $n iptables -A NP -m set --match-set ns-prod src -j RETURN; ip netns exec $n iptables -A NP -j DROP; done
ip netns exec a curl -sS -m 1 http://10.244.2.2/
ip netns exec b curl -sS -m 1 http://10.244.2.2/
ip netns exec b curl -sS -m 1 http://10.244.1.2/
ip netns exec c curl -sS -m 1 http://10.244.1.2/
ip netns exec a curl -sS -m 1 http://10.244.1.3/
ip netns exec node1 curl -sS -m 1 http://10.244.1.2/
ip netns exec node1 curl -sS -m 1 http://10.244.2.2/
ip netns exec node2 ipset create allowed hash:ip,port,ip
ip netns exec node2 ipset add allowed 10.244.1.3,tcp:80,10.244.2.2
ip netns exec node2 iptables -I NP 2 -m set --match-set allowed src,dst,dst -j RETURN
ip netns exec node1 iptables -I NP 2 -s 10.244.1.3 -d 10.244.2.2 -j RETURN
ip netns exec b curl -sS -m 1 http://10.244.2.2/
ip netns exec b ping -c 1 -W 1 10.244.2.2
ip netns exec node2 iptables -nvL NP
ip netns exec node2 ipset list allowed
ip netns exec node2 ipset save
ip netns exec node1 iptables -L NP -n --line-numbers
ip netns exec node2 ipset add allowed 10.244.1.3
ip netns exec node2 ipset del ns-prod 10.244.9.9
ip netns exec node2 ipset destroy ns-prod
ip netns exec node2 ipset swap ns-prod allowed
