# title: events of marks, deletion, translation
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
ip netns exec s serve -u 53 dns > /dev/null 2>&1 &
ip netns exec s serve 80 web > /dev/null 2>&1 &
ip netns exec r iptables -t nat -A POSTROUTING -o rs -j MASQUERADE
ip netns exec r iptables -t mangle -A FORWARD -p udp -j CONNMARK --set-mark 7
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
ip netns exec r conntrack -E > /tmp/ev 2>&1 &
sleep 0.4
echo q | ip netns exec c nc -u -w 1 -p 7000 10.2.0.2 53
echo q | ip netns exec c nc -u -w 1 -p 7002 10.2.0.2 53
ip netns exec c curl -sS -m 1 --local-port 5001 http://10.2.0.2/
ip netns exec r conntrack -D -p udp --orig-port-src 7000
ip netns exec r conntrack -U -s 10.1.0.2 -p udp --sport 7002 -t 50
ip netns exec r conntrack -U -s 10.1.0.2 -p udp --sport 7002 --mark 9
ip netns exec r conntrack -I -p udp -s 1.2.3.4 -d 5.6.7.8 --sport 1 --dport 2 -t 60
kill $!
sleep 0.2
sed 's/ .USERSPACE.*//' /tmp/ev
ip netns exec r conntrack -E -n > /tmp/ev2 2>&1 &
sleep 0.4
ip netns exec c ping -c 1 10.2.0.2
kill $!
sleep 0.1
cat /tmp/ev2
ip netns exec r conntrack -E -o extended,timestamp -p icmp -e NEW > /tmp/ev3 2>&1 &
sleep 0.4
ip netns exec c ping -c 1 10.2.0.2
kill $!
sleep 0.1
sed 's/^.[0-9]*[.][0-9]*./T/' /tmp/ev3
ip netns exec r conntrack -E -s 10.1.0.2 -d 10.2.0.2 -p tcp --dport 80 -e ALL > /tmp/ev4 2>&1 &
sleep 0.4
ip netns exec c curl -sS -m 1 --local-port 5009 http://10.2.0.2/
kill -INT $!
sleep 0.1
cat /tmp/ev4
