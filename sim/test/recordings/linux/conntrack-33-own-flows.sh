# title: flows of the machine itself
# area: conntrack
# ipv6: off

ip netns add c
ip netns add r
ip netns add s
ip link add eth0 netns c type veth peer name rc netns r
ip -n c addr add 10.1.0.2/24 dev eth0
ip -n r addr add 10.1.0.1/24 dev rc
ip -n c link set eth0 up
ip -n c link set lo up
ip -n r link set rc up
ip -n r link set lo up
ip link add eth0 netns s type veth peer name rs netns r
ip -n s addr add 10.2.0.2/24 dev eth0
ip -n r addr add 10.2.0.1/24 dev rs
ip -n s link set eth0 up
ip -n s link set lo up
ip -n r link set rs up
ip -n c route add default via 10.1.0.1
ip -n s route add default via 10.2.0.1
ip netns exec r sysctl -w net.ipv4.ip_forward=1
ip netns exec r serve 80 router > /dev/null 2>&1 &
ip netns exec s serve 80 web > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT
ip netns exec r iptables -A INPUT -i lo -j ACCEPT
ip netns exec r iptables -A INPUT -p tcp --dport 80 -m state --state NEW -j ACCEPT
ip netns exec r iptables -P INPUT DROP
ip netns exec r curl -sS -m 1 --local-port 5001 http://127.0.0.1/
ip netns exec r conntrack -L -p tcp
ip netns exec c curl -sS -m 1 --local-port 5002 http://10.1.0.1/
ip netns exec c ping -c 1 -W 1 10.1.0.1
ip netns exec r ping -c 1 -W 1 10.2.0.2
ip netns exec r curl -sS -m 1 --local-port 5003 http://10.2.0.2/
ip netns exec r curl -sS -m 1 --local-port 5004 http://10.2.0.2:81/
ip netns exec r conntrack -L
ip netns exec r iptables -t nat -A OUTPUT -p tcp -d 10.9.9.9 --dport 80 -j DNAT --to-destination 127.0.0.1:80
ip netns exec r ip route add 10.9.9.9 via 10.2.0.2
ip netns exec r curl -sS -m 1 --local-port 5005 http://10.9.9.9/
ip netns exec r conntrack -L -p tcp -d 10.9.9.9
ip netns exec r iptables -t nat -A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 80
ip netns exec c curl -sS -m 1 --local-port 5006 http://10.1.0.1:8080/
ip netns exec c curl -sS -m 1 --local-port 5007 http://10.2.0.2:8080/
ip netns exec r conntrack -L -p tcp --dport 8080
ip netns exec r iptables -t nat -A PREROUTING -p tcp --dport 8081 -j DNAT --to-destination 127.0.0.1:80
ip netns exec c curl -sS -m 1 http://10.1.0.1:8081/
ip netns exec r sysctl -w net.ipv4.conf.rc.route_localnet=1
ip netns exec c curl -sS -m 1 --local-port 5008 http://10.1.0.1:8081/
ip netns exec r conntrack -L -p tcp --dport 8081
