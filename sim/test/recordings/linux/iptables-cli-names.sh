# title: names
# area: iptables
echo "10.0.0.9 web.example web" >> /etc/hosts
echo "2001:db8::9 six.example" >> /etc/hosts
iptables -A INPUT -s web -j ACCEPT
iptables -A INPUT -s web.example -d 127.0.0.1 -j ACCEPT
iptables -A INPUT -s 127.0.0.0/8 -d 169.254.0.0/16
iptables -A INPUT -s 10.0.0.0/24
iptables -A INPUT -s default
iptables -A INPUT -d link-local/16
iptables -A INPUT -s six.example
ip6tables -A INPUT -s six.example
ip6tables -A INPUT -s ::1
iptables -L
iptables -L -n
iptables -L -v
ip6tables -L
ip6tables -L -v
iptables -t nat -A PREROUTING -p tcp --dport http -j DNAT --to-destination 10.0.0.9:8080
iptables -t nat -A POSTROUTING -j SNAT --to-source 10.0.0.9
iptables -t nat -L
iptables -t nat -L -n
iptables -A INPUT -m iprange --src-range 10.0.0.1-10.0.0.9
iptables -A INPUT -m conntrack --ctorigsrc 10.0.0.9
iptables -A INPUT -m conntrack --ctorigsrc web
iptables -L INPUT
iptables -A INPUT -p tcp --dport ssh
iptables -A INPUT -p udp --dport ntp
iptables -A INPUT -p udp --dport ssh
iptables -A INPUT -p tcp -m multiport --dports ssh,http,https
iptables -L INPUT
iptables -S INPUT
