# title: ranges of addresses
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
ip netns add d
ip link add eth0 netns d type veth peer name rd netns r
ip -n d addr add 10.3.0.2/24 dev eth0
ip -n r addr add 10.3.0.1/24 dev rd
ip -n d link set eth0 up
ip -n r link set rd up
ip -n d route add default via 10.3.0.1

ip netns exec s serve 80 web > /dev/null 2>&1 &
ip netns exec r ip addr add 10.2.0.21/24 dev rs
ip netns exec r ip addr add 10.2.0.22/24 dev rs
ip netns exec r ip addr add 10.2.0.23/24 dev rs
ip netns exec r ip addr add 10.2.0.24/24 dev rs
sleep 0.3
ip netns exec r iptables -t nat -A POSTROUTING -o rs -p tcp -j SNAT --to-source 10.2.0.21-10.2.0.24
ip netns exec c curl -sS -m 1 --local-port 5001 http://10.2.0.2/
ip netns exec c curl -sS -m 1 --local-port 5002 http://10.2.0.2/
ip netns exec d curl -sS -m 1 --local-port 5001 http://10.2.0.2/
ip netns exec r conntrack -L -p tcp
ip netns exec r iptables -t nat -R POSTROUTING 1 -o rs -p tcp -j SNAT --to-source 10.2.0.21-10.2.0.24 --persistent
ip netns exec c curl -sS -m 1 --local-port 5003 http://10.2.0.2/
ip netns exec d curl -sS -m 1 --local-port 5003 http://10.2.0.2/
ip netns exec s ip addr add 10.2.0.3/24 dev eth0
ip netns exec s ip addr add 10.2.0.4/24 dev eth0
ip netns exec s ip addr add 10.2.0.5/24 dev eth0
ip netns exec r iptables -t nat -F
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.2.0.2-10.2.0.5
ip netns exec c curl -sS -m 1 --local-port 5011 http://10.1.0.1/
ip netns exec d curl -sS -m 1 --local-port 5011 http://10.1.0.1/
ip netns exec r conntrack -L -p tcp --orig-port-src 5011
ip netns exec r iptables -t nat -R PREROUTING 1 -d 10.1.0.1 -p tcp --dport 8000:8010 -j DNAT --to-destination 10.2.0.2:80-90/8000
ip netns exec c curl -sS -m 1 --local-port 5012 http://10.1.0.1:8000/
ip netns exec c curl -sS -m 1 --local-port 5013 http://10.1.0.1:8001/
ip netns exec r conntrack -L -p tcp --orig-port-src 5012
ip netns exec r iptables -t nat -A POSTROUTING -o rs -p tcp -j SNAT --to-source 10.2.0.1:7000-7000
ip netns exec c curl -sS -m 1 --local-port 5014 http://10.1.0.1:8000/
ip netns exec r conntrack -L -p tcp --orig-port-src 5014
ip netns exec r iptables -t nat -S
