# title: native forms in nft
# area: iptables
iptables -A INPUT -p tcp ! --dport 0:1023
iptables -A INPUT -p tcp --dport 1024:65535
iptables -A INPUT -p tcp ! --dport 1024:65535
iptables -A INPUT -p tcp --dport 0
iptables -A INPUT -p udp --sport 0:5 ! --dport 6:65535
iptables -A INPUT -p tcp ! --tcp-flags ALL NONE
iptables -A INPUT -p tcp --tcp-flags SYN NONE
iptables -A INPUT -p tcp --tcp-flags SYN SYN
iptables -A INPUT -p tcp ! --tcp-flags SYN SYN
iptables -A INPUT -p tcp --tcp-flags ALL ALL
iptables -A INPUT -p tcp ! --tcp-flags ALL SYN,ACK
iptables -A INPUT -p tcp --tcp-flags NONE SYN
iptables -A INPUT -m mark --mark 1 -p tcp --dport 80
iptables -A INPUT -m limit -p tcp --dport 80
iptables -A INPUT -m mark --mark 1 -p tcp -m conntrack --ctstate NEW -m tcp --dport 80
iptables -A INPUT -p tcp -m multiport --dports 1,2 -m tcp --sport 5
iptables -A INPUT -p tcp -m mark --mark 1 -j REJECT
iptables -A INPUT -p tcp -m tcp --dport 80 -j REJECT
iptables -A INPUT -p icmp -m comment --comment x -j REJECT --reject-with icmp-host-prohibited
iptables -A INPUT -p tcp -f --dport 3
iptables -A INPUT -p udp -s 10.0.0.1 -d 10.0.0.2 -i lo --dport 3
iptables -A INPUT -p udp -m udp
iptables -A INPUT -p sctp --dport 3
iptables -A INPUT -i e+ -j NFQUEUE --queue-num 2
iptables -A INPUT -m limit --limit 1/day
iptables -A INPUT -m recent --set --name a
iptables -A INPUT -j TRACE
iptables -t nat -A PREROUTING -p udp --dport 53 -j DNAT --to-destination 10.0.0.1-10.0.0.5
iptables -A INPUT -p 4
iptables -A INPUT -p ipv6
nft list ruleset
nft -p list ruleset
iptables -F
iptables -A INPUT -p tcp -m comment --comment x
iptables -A INPUT -j ACCEPT
iptables -A FORWARD -m comment --comment y -j ACCEPT
iptables -N Z
nft list chain ip filter Z
nft list chain ip filter INPUT
nft list table filter
nft 'list ruleset'
nft "list  chain   filter INPUT"
nft list chain ip filter INPUT extra
nft list table ip filter extra
nft list ruleset extra
nft list ruleset ip extra
nft flush
nft flush foo
nft delete
nft delete foo
nft flush table
nft delete table ip
nft delete chain ip filter
nft delete rule ip filter INPUT
nft delete rule ip filter INPUT 3
nft delete chain ip filter INPUT
nft delete chain ip filter Z
nft delete chain ip filter NOPE
nft flush chain filter NOPE
nft flush ruleset foo
nft list table inet filter
nft list tables inet
nft delete table inet filter
