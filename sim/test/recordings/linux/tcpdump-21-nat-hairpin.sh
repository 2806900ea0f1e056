# title: nat hairpin
# area: tcpdump
# ipv6: off

ip netns add out
ip link add uplink address 02:00:00:00:01:01 type veth peer name eth0 address 02:00:00:00:01:02 netns out
ip addr add 203.0.113.1/24 dev uplink
ip -n out addr add 203.0.113.2/24 dev eth0
ip link set uplink up
ip -n out link set eth0 up
ip -n out link set lo up
ip link add br0 address 02:00:00:00:00:01 type bridge
ip addr add 10.244.0.1/24 dev br0
ip link set br0 up
ip netns add p1
ip link add veth-p1 type veth peer name eth0 address 02:00:00:00:00:05 netns p1
ip link set veth-p1 master br0 up
ip -n p1 addr add 10.244.0.5/24 dev eth0
ip -n p1 link set eth0 up
ip -n p1 link set lo up
ip -n p1 route add default via 10.244.0.1
ip netns add p2
ip link add veth-p2 type veth peer name eth0 address 02:00:00:00:00:06 netns p2
ip link set veth-p2 master br0 up
ip -n p2 addr add 10.244.0.6/24 dev eth0
ip -n p2 link set eth0 up
ip -n p2 link set lo up
ip -n p2 route add default via 10.244.0.1
ip link set lo up
sysctl -w net.ipv4.ip_forward=1
ip netns exec p1 serve 80 p1 > /dev/null 2>&1 &
sleep 0.3
iptables -t nat -A PREROUTING -d 203.0.113.1 -p tcp --dport 8080 -j DNAT --to-destination 10.244.0.5:80
iptables -t nat -A POSTROUTING -s 10.244.0.0/24 -d 10.244.0.5 -p tcp --dport 80 -j MASQUERADE
ip netns exec p1 ping -c 1 -W 1 10.244.0.6
ip netns exec p2 ping -c 1 -W 1 10.244.0.1
ip netns exec p1 ping -c 1 -W 1 10.244.0.1
ip netns exec p1 timeout 3 tcpdump --immediate-mode -l -nn -i eth0 -e tcp > /tmp/c1 2> /dev/null &
ip netns exec p2 timeout 3 tcpdump --immediate-mode -l -nn -i eth0 -e tcp > /tmp/c2 2> /dev/null &
timeout 3 tcpdump --immediate-mode -l -nn -i br0 -e tcp > /tmp/c3 2> /dev/null &
sleep 0.8
ip netns exec p2 curl -sS -m 1 --local-port 40001 http://203.0.113.1:8080/
wait %2 %3 %4
head -n 2 /tmp/c1
head -n 2 /tmp/c2
head -n 2 /tmp/c3
conntrack -L -p tcp
iptables -t nat -F POSTROUTING
ip netns exec p2 curl -sS -m 1 --local-port 40002 http://203.0.113.1:8080/
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec p2 curl -sS -m 1 --local-port 40003 http://203.0.113.1:8080/
conntrack -L -p tcp --sport 40003
ip netns exec p1 curl -sS -m 1 --local-port 40004 http://203.0.113.1:8080/
