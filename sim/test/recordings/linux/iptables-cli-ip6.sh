# title: ip6tables forms
# area: iptables
ip6tables -S
ip6tables -L -n
ip6tables -A INPUT -s 2001:db8::/32 -j ACCEPT
ip6tables -A INPUT -s 2001:db8::1/64 -j ACCEPT
ip6tables -A INPUT -s 2001:db8::1/ffff::ffff -j ACCEPT
ip6tables -A INPUT -s 2001:db8::1/129 -j ACCEPT
ip6tables -A INPUT -s 10.0.0.1 -j ACCEPT
ip6tables -A INPUT -s fe80::1%eth0 -j ACCEPT
ip6tables -A INPUT -s ::ffff:1.2.3.4 -j ACCEPT
ip6tables -A INPUT -s ::/0 -j ACCEPT
ip6tables -A INPUT ! -s ::/0 -j ACCEPT
ip6tables -A INPUT -s ::1,::2 -j DROP
ip6tables -A INPUT -s 2001:DB8:0:0::1 -j DROP
ip6tables -A INPUT -s localhost -j DROP
ip6tables -A INPUT -s ip6-localhost -j DROP
ip6tables -A INPUT -s nosuch -j DROP
ip6tables -A INPUT -p icmp -j ACCEPT
ip6tables -A INPUT -p icmpv6 -j ACCEPT
ip6tables -A INPUT -p ipv6-icmp --icmpv6-type echo-request -j ACCEPT
ip6tables -A INPUT -p icmpv6 --icmpv6-type 135 -j ACCEPT
ip6tables -A INPUT -m icmp6 --icmpv6-type 135 -j ACCEPT
ip6tables -A INPUT -p ipv6-route -j DROP
ip6tables -A INPUT -p ah -j DROP
ip6tables -A INPUT ! -p ah -j DROP
ip6tables -A INPUT -f -j DROP
ip6tables -A INPUT -4 -j DROP
ip6tables -6 -A INPUT -i lo -j DROP
ip6tables -A INPUT -p tcp --dport 22 -j REJECT --reject-with icmp6-adm-prohibited
ip6tables -A INPUT -p tcp --dport 22 -j REJECT --reject-with icmp-port-unreachable
ip6tables -A INPUT -p tcp --dport 22 -j REJECT --reject-with tcp-reset
ip6tables -A INPUT -j REJECT
ip6tables -t nat -A POSTROUTING -s fd00::/8 -j MASQUERADE
ip6tables -t nat -A PREROUTING -d 2001:db8::5 -p tcp --dport 80 -j DNAT --to-destination [fd00::2]:8080
ip6tables -t foo -L
ip6tables -N C
ip6tables -A C -g C
ip6tables -A INPUT -g C
ip6tables -P FORWARD DROP
ip6tables -v -A INPUT -s ::5 -d ::6 -i eth0 -j ACCEPT
ip6tables -S
ip6tables -L -n
ip6tables -L
ip6tables -L -n -v
ip6tables-save
ip6tables-save -t nat
ip6tables -V
ip6tables --nope
ip6tables-restore --nope
nft list ruleset
iptables -S
iptables -6 -L
iptables -4 -S
ip6tables -F
ip6tables -X
ip6tables -S
