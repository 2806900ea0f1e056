# title: knocking
# area: iptables
# ipv6: off

ip netns add a
ip netns add b
ip link add va address 02:00:00:00:0a:01 type veth peer name eth0 address 02:00:00:00:0a:02 netns a
ip link add vb address 02:00:00:00:0b:01 type veth peer name eth0 address 02:00:00:00:0b:02 netns b
ip addr add 10.1.0.1/24 dev va
ip addr add 10.2.0.1/24 dev vb
ip -n a addr add 10.1.0.2/24 dev eth0
ip -n b addr add 10.2.0.2/24 dev eth0
ip link set va up
ip link set vb up
ip link set lo up
ip -n a link set eth0 up
ip -n b link set eth0 up
ip -n a route add default via 10.1.0.1
ip -n b route add default via 10.2.0.1
sysctl -w net.ipv4.ip_forward=1
iptables -N KNOCK
iptables -A FORWARD -i va -j KNOCK
iptables -A KNOCK -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A KNOCK -p udp --dport 7000 -m recent --name K1 --set -j DROP
iptables -A KNOCK -p udp --dport 8000 -m recent --name K1 --rcheck --seconds 5 -m recent --name K2 --set -j DROP
iptables -A KNOCK -p tcp --dport 22 -m recent --name K2 --rcheck --seconds 5 -j ACCEPT
iptables -A KNOCK -j REJECT --reject-with icmp-admin-prohibited
ip netns exec b serve 22 ssh > /dev/null 2>&1 &
sleep 0.3
ip netns exec a curl -sS -m 1 http://10.2.0.2:22/
echo x | ip netns exec a nc -u -w 1 10.2.0.2 8000
ip netns exec a curl -sS -m 1 http://10.2.0.2:22/
echo x | ip netns exec a nc -u -w 1 10.2.0.2 7000
echo x | ip netns exec a nc -u -w 1 10.2.0.2 8000
ip netns exec a curl -sS -m 1 http://10.2.0.2:22/
ls /proc/net/xt_recent
cat /proc/net/xt_recent/K1
sleep 5
ip netns exec a curl -sS -m 1 http://10.2.0.2:22/
iptables -nvL KNOCK
iptables -S KNOCK
echo -10.1.0.2 > /proc/net/xt_recent/K1
cat /proc/net/xt_recent/K1
echo +10.9.9.9 > /proc/net/xt_recent/K1
cat /proc/net/xt_recent/K1
echo / > /proc/net/xt_recent/K2
cat /proc/net/xt_recent/K2
