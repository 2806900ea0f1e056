# title: reject variants from forward, input, output
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
ip netns exec s serve 8080 s > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -A FORWARD -p tcp --dport 8080 -j REJECT --reject-with tcp-reset
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec r iptables -R FORWARD 1 -p tcp --dport 8080 -j REJECT --reject-with icmp-host-prohibited
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec r iptables -R FORWARD 1 -p tcp --dport 8080 -j REJECT --reject-with icmp-admin-prohibited
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec r iptables -R FORWARD 1 -p tcp --dport 8080 -j REJECT --reject-with icmp-proto-unreachable
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec r iptables -R FORWARD 1 -p tcp --dport 8080 -j REJECT --reject-with icmp-net-unreachable
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec r iptables -F FORWARD
ip netns exec r iptables -A FORWARD -p icmp -j REJECT --reject-with icmp-net-prohibited
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -R FORWARD 1 -p icmp -j REJECT
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -R FORWARD 1 -p icmp -j REJECT --reject-with icmp-proto-unreachable
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -A INPUT -p icmp -j REJECT --reject-with icmp-host-unreachable
ip netns exec c ping -c 1 -W 1 10.0.1.1
ip netns exec s iptables -A INPUT -p tcp --dport 8080 -j REJECT --reject-with tcp-reset
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec s iptables -F INPUT
ip netns exec c iptables -A OUTPUT -p tcp --dport 8080 -j REJECT --reject-with tcp-reset
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec c iptables -R OUTPUT 1 -p tcp --dport 8080 -j REJECT
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
ip netns exec c iptables -A OUTPUT -p icmp -j REJECT
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec c iptables -R OUTPUT 2 -p icmp -j DROP
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec c iptables -L OUTPUT -n -v
ip netns exec r iptables -L FORWARD -n -v
ip netns exec c iptables -F
ip netns exec c iptables -A OUTPUT -p udp -j REJECT
echo x | ip netns exec c timeout 2 nc -u -w 1 10.0.2.2 9999
ip netns exec c iptables -A INPUT -p tcp --sport 8080 -j REJECT --reject-with tcp-reset
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
