# title: fragments and rules
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
ip netns exec r iptables -A FORWARD -f
ip netns exec r iptables -A FORWARD ! -f
ip netns exec r iptables -A FORWARD -p icmp --icmp-type echo-request
ip netns exec r iptables -A FORWARD -p icmp -m length --length 0:600
ip netns exec c ping -c 1 -W 1 -s 3000 10.0.2.2
ip netns exec r iptables -L FORWARD -n -v -x
ip netns exec r iptables -I FORWARD 1 -f -j DROP
ip netns exec c ping -c 1 -W 1 -s 3000 10.0.2.2
ip netns exec r iptables -R FORWARD 1 -f -j REJECT
ip netns exec c ping -c 1 -W 1 -s 3000 10.0.2.2
ip netns exec s iptables -A INPUT -p icmp
ip netns exec s iptables -A INPUT -f
ip netns exec r iptables -D FORWARD 1
ip netns exec c ping -c 1 -W 1 -s 3000 10.0.2.2
ip netns exec s iptables -L INPUT -n -v -x
ip netns exec r iptables -A FORWARD -m conntrack --ctstate NEW,ESTABLISHED
ip netns exec c ping -c 1 -W 1 -s 3000 10.0.2.2
ip netns exec r iptables -L FORWARD -n -v -x
