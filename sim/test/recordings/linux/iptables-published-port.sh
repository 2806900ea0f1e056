# title: a published port from outside, from the node, from a neighbour and from the server itself
# area: iptables
# ipv6: off

ip link set lo up
ip netns add router
ip netns add inet
ip link add eth0 type veth peer name eth0 netns router
ip -n router link add eth1 type veth peer name eth0 netns inet
ip addr add 192.168.0.11/24 dev eth0
ip link set eth0 up
ip -n router addr add 192.168.0.1/24 dev eth0
ip -n router addr add 203.0.113.1/24 dev eth1
ip -n router link set eth0 up
ip -n router link set eth1 up
ip -n inet addr add 203.0.113.80/24 dev eth0
ip -n inet link set eth0 up
ip -n inet route add default via 203.0.113.1
ip route add default via 192.168.0.1
ip netns exec router sysctl -q -w net.ipv4.ip_forward=1
sysctl -q -w net.ipv4.ip_forward=1
ip link add cni0 type bridge
ip addr add 10.244.1.1/24 dev cni0
ip link set cni0 up
ip netns add pod1
ip -n pod1 link set lo up
ip link add veth-pod1 type veth peer name eth0 netns pod1
ip link set veth-pod1 master cni0 up
ip -n pod1 addr add 10.244.1.2/24 dev eth0
ip -n pod1 link set eth0 up
ip -n pod1 route add default via 10.244.1.1
ip netns add pod2
ip -n pod2 link set lo up
ip link add veth-pod2 type veth peer name eth0 netns pod2
ip link set veth-pod2 master cni0 up
ip -n pod2 addr add 10.244.1.3/24 dev eth0
ip -n pod2 link set eth0 up
ip -n pod2 route add default via 10.244.1.1
ip netns exec pod1 serve 80 pod1 > /dev/null 2>&1 &
ip netns exec pod2 serve 80 pod2 > /dev/null 2>&1 &
ip netns exec inet serve 80 internet > /dev/null 2>&1 &
sleep 0.5
iptables -t nat -A PREROUTING -d 192.168.0.11 -p tcp --dport 8080 -j DNAT --to-destination 10.244.1.2:80
ip netns exec inet curl -sS -m 1 http://192.168.0.11:8080/
curl -sS -m 1 http://192.168.0.11:8080/
iptables -t nat -A OUTPUT -d 192.168.0.11 -p tcp --dport 8080 -j DNAT --to-destination 10.244.1.2:80
curl -sS -m 1 http://192.168.0.11:8080/
ip netns exec pod2 curl -sS -m 1 http://192.168.0.11:8080/
ip netns exec pod1 curl -sS -m 1 http://192.168.0.11:8080/
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec pod2 curl -sS -m 1 http://192.168.0.11:8080/
iptables -t nat -A POSTROUTING -s 10.244.1.0/24 -d 10.244.1.0/24 -m conntrack --ctstate DNAT -j MASQUERADE
ip netns exec pod2 curl -sS -m 1 http://192.168.0.11:8080/
ip netns exec pod1 curl -sS -m 1 http://192.168.0.11:8080/
sysctl -w net.bridge.bridge-nf-call-iptables=1
ip netns exec pod2 curl -sS -m 1 http://192.168.0.11:8080/
ip netns exec pod1 curl -sS -m 1 http://192.168.0.11:8080/
bridge link set dev veth-pod1 hairpin on
ip netns exec pod1 curl -sS -m 1 http://192.168.0.11:8080/
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -p tcp --dport 8080 -j ACCEPT
ip netns exec inet curl -sS -m 1 http://192.168.0.11:8080/
iptables -R FORWARD 2 -m conntrack --ctstate DNAT -j ACCEPT
ip netns exec inet curl -sS -m 1 http://192.168.0.11:8080/
