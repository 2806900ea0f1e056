# title: a UDP stream becomes assured
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
ip netns exec r iptables -A FORWARD -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
ip netns exec s nc -u -l -p 9000 > /dev/null &
ip netns exec r conntrack -E -p udp > /tmp/ev 2>&1 &
sleep 0.3
(echo a; sleep 1; echo b; sleep 2; echo c; sleep 0.5) | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 9000
ip netns exec r conntrack -L -p udp
ip netns exec s serve -u 53 dns > /dev/null 2>&1 &
sleep 0.3
for i in 1 2 3 4; do echo q | ip netns exec c nc -u -w 1 -p 7001 10.2.0.2 53; done
ip netns exec r conntrack -L -p udp --dport 53
ip netns exec r conntrack -L -u ASSURED
kill %2
sleep 0.1
grep -v shown /tmp/ev
