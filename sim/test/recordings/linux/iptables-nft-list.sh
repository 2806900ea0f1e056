# title: nft list
# area: iptables
nft
nft list
nft list foo
nft list tables ip
nft list tables foo
nft list ruleset ip
nft list ruleset ip6
nft list chains ip
nft list table filter
nft list chain filter INPUT
nft list chain ip filter
nft list table
nft -v
nft --version
nft -h
nft foo
nft -z
nft -n list ruleset
nft -s list ruleset
nft -nn list tables
nft -y list ruleset
nft -a list tables
nft -a list chains
nft flush table ip filter
nft flush chain ip filter INPUT
nft delete chain ip filter INPUT
nft delete table ip filter
iptables -A INPUT -s 10.0.0.0/8 -p tcp --dport 80 -j ACCEPT
iptables -A INPUT -d 10.0.0.1 -p tcp -j ACCEPT
iptables -A INPUT -p udp -s 10.0.0.1 -j ACCEPT
iptables -A INPUT -p icmp -j ACCEPT
iptables -A INPUT -p icmp --icmp-type 8 -j ACCEPT
iptables -A INPUT ! -p tcp -j ACCEPT
iptables -A INPUT -p esp
iptables -A INPUT -p 47 -j DROP
iptables -A INPUT -p 200 -j DROP
iptables -A INPUT -p sctp -j DROP
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT ! -i lo -s 0.0.0.0/8 -j DROP
iptables -A INPUT -s 10.0.0.0/255.0.0.255
iptables -A INPUT ! -s 10.0.0.0/24
iptables -A INPUT ! -s 10.0.0.0/255.0.0.255
iptables -A INPUT -s 10.0.0.0/9
iptables -A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT
iptables -A INPUT -p tcp -m tcp --dport 80 -m conntrack --ctstate NEW -j ACCEPT
iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -m comment --comment "hello there" -j ACCEPT
iptables -A INPUT -m comment --comment "x" -p tcp --dport 22 -j ACCEPT
iptables -A INPUT -m mark --mark 1 -j ACCEPT
iptables -A INPUT -m mark ! --mark 1/3 -j RETURN
iptables -A INPUT -m limit --limit 5/min --limit-burst 7 -j LOG
iptables -A INPUT -j LOG --log-prefix "in: " --log-level 7
iptables -A INPUT -p tcp --syn -j REJECT --reject-with tcp-reset
iptables -A INPUT -j REJECT
iptables -A INPUT -p udp --sport 1:100 ! --dport 5 -j DROP
iptables -A INPUT -c 7 900 -j DROP
iptables -P FORWARD DROP
iptables -A OUTPUT -j MARK --set-mark 5
iptables -A OUTPUT -m owner --uid-owner 0 -j ACCEPT
iptables -A OUTPUT -p tcp -j NFLOG --nflog-group 3
iptables -A OUTPUT -o eth+ -j QUEUE
iptables -t nat -A POSTROUTING -s 10.0.0.0/24 ! -o br0 -j MASQUERADE
iptables -t nat -A POSTROUTING -s 10.0.0.5 -j SNAT --to-source 1.2.3.4
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.0.0.2:80
iptables -t nat -A OUTPUT -p tcp --dport 80 -j REDIRECT --to-ports 8080
iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
ip6tables -A INPUT -s fe80::/10 -p ipv6-icmp -j ACCEPT
ip6tables -A INPUT -s 2001:db8::1 -p tcp --dport 22 -j REJECT
ip6tables -A INPUT -d 2001:db8::/33 -j DROP
nft list ruleset
nft list ruleset ip6
nft -a list table ip filter
nft -s list chain ip filter OUTPUT
nft -n list chain ip nat POSTROUTING
nft -y list chain ip nat POSTROUTING
nft list chains
nft list chains ip6
nft delete chain ip filter OUTPUT
nft flush chain ip filter OUTPUT
nft delete chain ip filter OUTPUT
nft delete chain ip filter OUTPUT
nft flush table ip nat
nft list table ip nat
nft delete table nat
nft delete table ip nat
nft delete rule ip filter INPUT handle 3
nft delete rule ip filter INPUT handle 300
nft flush ruleset ip
nft list tables
nft list sets
nft list maps
nft list counters
