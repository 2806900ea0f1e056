# title: order of tables and chains, counters, local delivery
# area: iptables
# ipv6: off
# counters: keep

for n in c r s; do ip netns add $n; ip -n $n link set lo up; done
ip link add eth0 netns c type veth peer name eth0 netns r
ip link add eth1 netns r type veth peer name eth0 netns s
ip -n c addr add 10.0.1.2/24 dev eth0
ip -n r addr add 10.0.1.1/24 dev eth0
ip -n r addr add 10.0.2.1/24 dev eth1
ip -n s addr add 10.0.2.2/24 dev eth0
ip -n c link set eth0 up
ip -n r link set eth0 up
ip -n r link set eth1 up
ip -n s link set eth0 up
ip -n c route add default via 10.0.1.1
ip -n s route add default via 10.0.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
for t in raw mangle filter; do for c in PREROUTING INPUT FORWARD OUTPUT POSTROUTING; do ip netns exec r iptables -t $t -A $c -p icmp 2>/dev/null; done; done
ip netns exec r iptables -t nat -A PREROUTING -p icmp
ip netns exec r iptables -t nat -A POSTROUTING -p icmp
ip netns exec r iptables -t nat -A INPUT -p icmp
ip netns exec r iptables -t nat -A OUTPUT -p icmp
ip netns exec c ping -c 2 -i 0.2 -W 1 10.0.2.2
for t in raw mangle nat filter; do ip netns exec r iptables -t $t -L -n -v -x; done
ip netns exec c ping -c 1 -W 1 10.0.1.1
for t in raw mangle nat filter; do ip netns exec r iptables -t $t -L -n -v -x; done
ip netns exec r ping -c 1 -W 1 127.0.0.1
for t in raw mangle nat filter; do ip netns exec r iptables -t $t -L -n -v -x; done
ip netns exec r iptables -t mangle -P FORWARD DROP
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -t mangle -L FORWARD -n -v
ip netns exec r iptables -L FORWARD -n -v
ip netns exec r iptables -t mangle -P FORWARD ACCEPT
ip netns exec r iptables -t raw -P PREROUTING DROP
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -t raw -P PREROUTING ACCEPT
ip netns exec r iptables -N L1
ip netns exec r iptables -N L2
ip netns exec r iptables -A L1 -g L2
ip netns exec r iptables -A L1 -j DROP
ip netns exec r iptables -A L2 -p icmp -j RETURN
ip netns exec r iptables -I FORWARD 1 -j L1
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -A L2 -j DROP
ip netns exec r iptables -R L2 1 -p tcp -j RETURN
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -L -n -v
ip netns exec r iptables -P OUTPUT DROP
ip netns exec r ping -c 1 -W 1 10.0.2.2
ip netns exec c ping -c 1 -W 1 10.0.1.1
ip netns exec c traceroute -n -w 1 -q 1 -m 3 10.0.2.2
ip netns exec r iptables -P OUTPUT ACCEPT
ip netns exec r iptables -F L2
ip netns exec r iptables -F L1
ip netns exec r iptables -A INPUT -m pkttype --pkt-type broadcast -j DROP
ip netns exec r iptables -A INPUT -m pkttype --pkt-type unicast -p icmp
ip netns exec r iptables -A INPUT -m mac --mac-source 02:00:00:00:00:01
ip netns exec r iptables -A INPUT -m length --length 84
ip netns exec r iptables -A INPUT -m ttl --ttl-eq 64
ip netns exec r iptables -A INPUT -m ttl --ttl-lt 64
ip netns exec r iptables -A INPUT -m iprange --src-range 10.0.1.2-10.0.1.5
ip netns exec r iptables -A INPUT -m multiport -p udp --dports 53,100:200
ip netns exec r iptables -A INPUT ! -s 10.0.1.2
ip netns exec r iptables -A INPUT -i eth+
ip netns exec r iptables -A INPUT ! -i eth1
ip netns exec c ping -c 1 -W 1 10.0.1.1
echo x | ip netns exec c timeout 1 nc -u -w 1 10.0.1.1 150
ip netns exec r iptables -L INPUT -n -v
ip netns exec r nft list ruleset | grep -c chain
