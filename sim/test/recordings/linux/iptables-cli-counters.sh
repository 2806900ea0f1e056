# title: counters with traffic
# area: iptables
# counters: keep
# ipv6: off
ip netns add a
ip link add v0 type veth peer name v1 netns a
ip addr add 10.0.0.1/24 dev v0
ip link set v0 up
ip -n a addr add 10.0.0.2/24 dev v1
ip -n a link set v1 up
iptables -A INPUT -p icmp -j ACCEPT
iptables -A INPUT -p icmp -s 10.0.0.2 -j DROP
iptables -A OUTPUT -p icmp -d 10.0.0.2
iptables -N LOGGED
iptables -I INPUT -s 10.0.0.2 -j LOGGED
iptables -A LOGGED -m comment --comment "seen by us"
ping -c 2 -W 1 10.0.0.2
iptables -L -v -n
iptables -L INPUT -v -n -x
iptables -L LOGGED 1 -v -n
iptables -S -v
iptables-save -c
iptables -Z INPUT 1
iptables -L INPUT -v -n
iptables -Z LOGGED
iptables -L -v -n
ping -c 1 -W 1 10.0.0.2
iptables -L -Z -n -v
iptables -L -n -v
iptables-save -c > /tmp/s
iptables-restore -c < /tmp/s
iptables -L -n -v
iptables -P OUTPUT DROP
ping -c 1 -W 1 10.0.0.2
iptables -L OUTPUT -n -v
iptables -A OUTPUT -j ACCEPT
ping -c 1 -W 1 10.0.0.2
iptables -L OUTPUT -n -v
nft list chain ip filter OUTPUT
iptables -P OUTPUT ACCEPT
iptables -L OUTPUT -n -v
ip netns exec a iptables -S
ip netns exec a iptables -A INPUT -j DROP
ip netns exec a iptables -S
iptables -S INPUT
