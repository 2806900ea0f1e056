# title: protocols and ports
# area: iptables
iptables -A INPUT -p tcp -j ACCEPT
iptables -A INPUT -p 6 -j ACCEPT
iptables -A INPUT ! -p udp -j ACCEPT
iptables -A INPUT -p icmp -j ACCEPT
iptables -A INPUT -p esp -j ACCEPT
iptables -A INPUT -p gre -j ACCEPT
iptables -A INPUT -p 47 -j ACCEPT
iptables -A INPUT -p 200 -j ACCEPT
iptables -A INPUT -p ipip -j ACCEPT
iptables -A INPUT -p 4 -j ACCEPT
iptables -A INPUT -p ospf -j ACCEPT
iptables -A INPUT -p sctp -j ACCEPT
iptables -A INPUT -p icmpv6 -j ACCEPT
iptables -A INPUT -p ipv6-icmp -j ACCEPT
iptables -A INPUT -p mh -j ACCEPT
iptables -A INPUT -p 0 -j ACCEPT
iptables -A INPUT -p all -j ACCEPT
iptables -A INPUT -p ip -j ACCEPT
iptables -A INPUT -p hopopt -j ACCEPT
iptables -A INPUT -p 0x6 -j ACCEPT
iptables -A INPUT -p 06 -j ACCEPT
iptables -A INPUT -p ICMP -j ACCEPT
iptables -A INPUT -p tcp --dport http -j ACCEPT
iptables -A INPUT -p 6 --dport 443 -j ACCEPT
iptables -A INPUT -p tcp --dport 0:1023 -j ACCEPT
iptables -A INPUT -p tcp --dport :1023 -j ACCEPT
iptables -A INPUT -p tcp --dport 1024: -j ACCEPT
iptables -A INPUT -p tcp --dport : -j ACCEPT
iptables -A INPUT -p tcp ! --dport : -j ACCEPT
iptables -A INPUT -p tcp --dport 90:80 -j ACCEPT
iptables -A INPUT -p tcp --dport 65536 -j ACCEPT
iptables -A INPUT -p tcp --dport -1 -j ACCEPT
iptables -A INPUT -p tcp --dport nosuch -j ACCEPT
iptables -A INPUT -p tcp --dport 80,443 -j ACCEPT
iptables -A INPUT -p tcp --dport 80 --dport 81
iptables -A INPUT -p tcp --sport 80 ! --dport 81
iptables -A INPUT -p tcp --syn
iptables -A INPUT -p tcp ! --syn
iptables -A INPUT -p tcp --syn --tcp-flags SYN SYN
iptables -A INPUT -p tcp --tcp-flags ALL NONE
iptables -A INPUT -p tcp --tcp-flags NONE NONE
iptables -A INPUT -p tcp --tcp-flags NONE SYN
iptables -A INPUT -p tcp --tcp-flags SYN,FOO SYN
iptables -A INPUT -p tcp --tcp-flags SYN
iptables -A INPUT -p tcp --tcp-flags SYN -j DROP
iptables -A INPUT -p tcp ! --tcp-flags SYN,ack SYN
iptables -A INPUT -p tcp --tcp-option 2
iptables -A INPUT -p tcp ! --tcp-option 2
iptables -A INPUT -p tcp --tcp-option 0
iptables -A INPUT -p tcp --tcp-option 256
iptables -A INPUT -m tcp --dport 80
iptables -A INPUT -m udp --dport 80
iptables -A INPUT -p tcp -m udp --dport 80
iptables -A INPUT -p udp -m tcp
iptables -A INPUT ! -p tcp -m tcp --dport 80
iptables -A INPUT -p udp --dport domain
iptables -A INPUT -p udp --dport http
iptables -A INPUT -p udp --sport 1:2 --dport 3:4 -m comment --comment x
iptables -A INPUT -p tcp -m tcp
iptables -A INPUT -p tcp --source-port 1 --destination-port 2
iptables -A INPUT -p tcp --dpo 80
iptables -A INPUT -p tcp --sp 80
iptables -A INPUT --dport 80 -p tcp
iptables -A INPUT -p tcp --dport=80
iptables -S
iptables -L -n
iptables -L
iptables -D INPUT -p tcp --dport 80 -m tcp
iptables -D INPUT -p tcp -m tcp --dport 443 -j ACCEPT
iptables -D INPUT -p tcp --dport 443 -j ACCEPT
nft list ruleset
