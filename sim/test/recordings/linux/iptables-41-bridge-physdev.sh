# title: bridged frames through iptables, physdev
# area: bridge
# ipv6: off
# counters: keep

ip link set lo up
ip link add br0 type bridge
ip addr add 10.0.0.254/24 dev br0
ip link set br0 up
for i in 1 2 3; do ip netns add p$i; ip link add v$i type veth peer name eth0 netns p$i; ip link set v$i master br0 up; ip -n p$i addr add 10.0.0.$i/24 dev eth0; ip -n p$i link set eth0 up; ip -n p$i link set lo up; ip -n p$i route add default via 10.0.0.254; done
sleep 0.5
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
iptables -P FORWARD DROP
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
iptables -L FORWARD -n -v
iptables -A FORWARD -m physdev --physdev-in v1 --physdev-out v2 -j ACCEPT
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
iptables -A FORWARD -m physdev --physdev-is-bridged -m physdev --physdev-in v2 -j ACCEPT
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
ip netns exec p1 ping -c 1 -W 1 10.0.0.3
ip netns exec p2 ping -c 1 -W 1 10.0.0.3
iptables -L FORWARD -n -v
iptables -A INPUT -m physdev --physdev-in v1 -p icmp
iptables -A INPUT -m physdev ! --physdev-in v1 -p icmp
iptables -A INPUT -i br0 -p icmp
ip netns exec p1 ping -c 1 -W 1 10.0.0.254
iptables -L INPUT -n -v
iptables -t mangle -A PREROUTING -i br0 -p icmp
iptables -t mangle -A PREROUTING -i v1 -p icmp
iptables -t mangle -A POSTROUTING -o br0 -p icmp
iptables -t mangle -A POSTROUTING -m physdev --physdev-out v2 -p icmp
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
ping -c 1 -W 1 10.0.0.1
iptables -t mangle -L -n -v
sysctl net.bridge.bridge-nf-call-iptables
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec p1 ping -c 1 -W 1 10.0.0.3
iptables -L FORWARD -n -v
sysctl -w net.bridge.bridge-nf-call-iptables=1
iptables -F FORWARD
iptables -A FORWARD -p icmp -j REJECT
ip netns exec p1 ping -c 1 -W 1 10.0.0.3
ip netns exec p2 serve 8080 p2 > /dev/null 2>&1 &
sleep 0.3
iptables -F FORWARD
iptables -P FORWARD ACCEPT
ip netns exec p1 curl -sS -m 2 http://10.0.0.2:8080/
iptables -A FORWARD -p tcp --dport 8080 -j REJECT --reject-with tcp-reset
ip netns exec p1 curl -sS -m 2 http://10.0.0.2:8080/
iptables -F FORWARD
iptables -A FORWARD -p tcp --dport 8080 -j REJECT
ip netns exec p1 curl -sS -m 2 http://10.0.0.2:8080/
ip addr flush dev br0
ip netns exec p1 curl -sS -m 2 http://10.0.0.2:8080/
