# title: bridged IPv6, ip6tables, per bridge switches, vlan
# area: bridge
# counters: keep

ip link set lo up
ip link add br0 type bridge
ip addr add fd00::fe/64 dev br0 nodad
ip addr add 10.0.0.254/24 dev br0
ip link set br0 up
for i in 1 2; do ip netns add p$i; ip link add v$i type veth peer name eth0 netns p$i; ip link set v$i master br0 up; ip -n p$i addr add fd00::$i/64 dev eth0 nodad; ip -n p$i addr add 10.0.0.$i/24 dev eth0; ip -n p$i link set eth0 up; ip -n p$i link set lo up; done
sleep 3
ip netns exec p1 ping -c 1 -W 1 fd00::2
ip6tables -P FORWARD DROP
ip netns exec p1 ping -c 1 -W 1 fd00::2
ip6tables -A FORWARD -p icmpv6 --icmpv6-type neighbour-solicitation -j ACCEPT
ip6tables -A FORWARD -p icmpv6 --icmpv6-type neighbour-advertisement -j ACCEPT
ip6tables -A FORWARD -m physdev --physdev-is-bridged -p icmpv6 --icmpv6-type echo-request -j ACCEPT
ip6tables -A FORWARD -p icmpv6 --icmpv6-type echo-reply -j REJECT --reject-with icmp6-adm-prohibited
ip netns exec p1 ping -c 1 -W 1 fd00::2
ip6tables -R FORWARD 4 -p icmpv6 --icmpv6-type echo-reply -j ACCEPT
ip netns exec p1 ping -c 1 -W 1 fd00::2
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
iptables -P FORWARD DROP
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
ip link set br0 type bridge nf_call_iptables 1
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
ip link set br0 type bridge nf_call_iptables 0
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
sysctl -w net.bridge.bridge-nf-call-ip6tables=0
ip6tables -P FORWARD DROP
ip6tables -F FORWARD
ip netns exec p1 ping -c 1 -W 1 fd00::2
sysctl -w net.bridge.bridge-nf-call-iptables=1
iptables -P FORWARD ACCEPT
iptables -A FORWARD -d 10.0.0.255 -j DROP
iptables -A FORWARD -m pkttype --pkt-type broadcast
iptables -A FORWARD -m pkttype --pkt-type unicast
iptables -A FORWARD -m mac --mac-source 02:11:22:33:44:55
ip netns exec p1 ping -b -c 1 -W 1 10.0.0.255
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
iptables -L FORWARD -n -v
iptables -F
iptables -t mangle -A PREROUTING -p icmp -j MARK --set-mark 3
iptables -A FORWARD -m mark --mark 3 -p icmp
iptables -A FORWARD -p icmp -m ttl --ttl-eq 64
iptables -A FORWARD -p icmp -m conntrack --ctstate NEW
iptables -A FORWARD -p icmp -m conntrack --ctstate ESTABLISHED
ip netns exec p1 ping -c 1 -W 1 10.0.0.2
ip netns exec p1 ping -c 1 -W 1 -s 3000 10.0.0.2
iptables -L FORWARD -n -v -x
ip link set v2 mtu 1300
ip -n p2 link set eth0 mtu 1300
ip netns exec p1 ping -c 1 -W 1 -s 1400 10.0.0.2
ip netns exec p1 ping -c 1 -W 1 -M do -s 1400 10.0.0.2
ip link show br0 | grep -o 'mtu [0-9]*'
