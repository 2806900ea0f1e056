# title: DNAT on a bridge: same bridge, another network, forwarding off
# area: bridge
# ipv6: off
# counters: keep

ip link set lo up
ip link add br0 type bridge
ip addr add 10.0.0.254/24 dev br0
ip link set br0 up
for i in 1 2 3; do ip netns add p$i; ip link add v$i type veth peer name eth0 netns p$i; ip link set v$i master br0 up; ip -n p$i addr add 10.0.0.$i/24 dev eth0; ip -n p$i link set eth0 up; ip -n p$i link set lo up; ip -n p$i route add default via 10.0.0.254; done
sleep 0.5
ip netns exec p2 serve 8080 p2 > /dev/null 2>&1 &
ip netns exec p3 serve 8080 p3 > /dev/null 2>&1 &
serve 8081 host > /dev/null 2>&1 &
sleep 0.3
iptables -t nat -A PREROUTING -d 10.0.0.3 -p tcp --dport 80 -j DNAT --to-destination 10.0.0.2:8080
ip netns exec p1 curl -sS -m 2 http://10.0.0.3/
sysctl -w net.ipv4.ip_forward=1
ip netns exec p1 curl -sS -m 2 http://10.0.0.3/
iptables -t nat -A PREROUTING -d 10.96.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.0.0.2:8080
ip netns exec p1 curl -sS -m 2 http://10.96.0.1/
iptables -t nat -L PREROUTING -n -v
ip netns exec p1 ip neigh show | grep -o '^[0-9.]* dev eth0'
iptables -t nat -A PREROUTING -d 10.0.0.3 -p tcp --dport 81 -j REDIRECT --to-ports 8081
ip netns exec p1 curl -sS -m 2 http://10.0.0.3:81/
iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -d 10.0.0.2 -j MASQUERADE
ip netns exec p1 curl -sS -m 2 http://10.0.0.2:8080/
ip netns exec p1 curl -sS -m 2 http://10.96.0.1/
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec p1 curl -sS -m 2 http://10.0.0.2:8080/
ip netns exec p1 curl -sS -m 2 http://10.96.0.1/
iptables -t nat -L -n -v
