# title: DNAT to ports and ranges, REDIRECT, local DNAT
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
ip netns exec s serve 8080 web > /dev/null 2>&1 &
ip netns exec s serve 8081 web1 > /dev/null 2>&1 &
ip netns exec r serve 9090 router > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.2.0.2:8080
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -p tcp --dport 81 -j REDIRECT --to-ports 9090
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -p tcp --dport 9090 -j DNAT --to-destination 10.2.0.2:8081-8081
ip netns exec r iptables -t nat -A PREROUTING -d 10.99.0.1 -p tcp -j DNAT --to-destination 10.2.0.2
ip netns exec r iptables -t nat -A OUTPUT -d 10.99.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.2.0.2:8080
ip netns exec r iptables -t nat -A OUTPUT -d 10.99.0.2 -p tcp --dport 80 -j REDIRECT --to-ports 9090
ip netns exec c curl -sS -m 1 --local-port 5001 http://10.1.0.1/
ip netns exec c curl -sS -m 1 --local-port 5002 http://10.1.0.1:81/
ip netns exec c curl -sS -m 1 --local-port 5003 http://10.1.0.1:9090/
ip netns exec c curl -sS -m 1 --local-port 5004 http://10.99.0.1:8080/
ip netns exec r ip route add 10.99.0.0/16 via 10.2.0.2
ip netns exec r curl -sS -m 1 --local-port 5005 http://10.99.0.1/
ip netns exec r curl -sS -m 1 --local-port 5006 http://10.99.0.2/
ip netns exec r conntrack -L -p tcp
ip netns exec r conntrack -L -p tcp -g
ip netns exec r conntrack -L -p tcp -g 10.2.0.2
ip netns exec r conntrack -L -p tcp --reply-src 10.2.0.2 --reply-port-src 8081
ip netns exec r conntrack -L -p tcp --dst-nat 10.2.0.2:8080
ip netns exec r conntrack -G -p tcp -s 10.1.0.2 -d 10.1.0.1 --sport 5001 --dport 80
ip netns exec r conntrack -G -p tcp -s 10.1.0.2 -d 10.1.0.1 --sport 5999 --dport 80
