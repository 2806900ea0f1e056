# title: addresses
# area: iptables
iptables -A INPUT -s 10.0.0.1,10.0.0.2 -j ACCEPT
iptables -A INPUT -s 10.0.0.1,10.0.0.2 -d 10.1.0.1,10.1.0.0/16 -j ACCEPT
iptables -A INPUT ! -s 10.0.0.1,10.0.0.2 -j ACCEPT
iptables -A INPUT -s 10.0.0.5/255.255.255.0
iptables -A INPUT -s 10.0.0.5/255.0.255.0
iptables -A INPUT ! -s 10.0.0.5/255.0.255.0
iptables -A INPUT -s 10.0.0.5/33
iptables -A INPUT -s 10.0.0.5/-1
iptables -A INPUT -s 10.0.0.5/0
iptables -A INPUT -s 10.0.0.5/
iptables -A INPUT -s /8
iptables -A INPUT -s 10
iptables -A INPUT -s 10.1
iptables -A INPUT -s 10.1.2
iptables -A INPUT -s 010.1.2.3
iptables -A INPUT -s 0x0a.1.2.3
iptables -A INPUT -s 10.1.2.3.4
iptables -A INPUT -s 10.1.2.300
iptables -A INPUT -s ''
iptables -A INPUT -s nosuch.example
iptables -A INPUT -s localhost
iptables -A INPUT -s localhost/8
iptables -A INPUT -s loopback/8
iptables -A INPUT -s any/0
iptables -A INPUT -s 0.0.0.0/0
iptables -A INPUT ! -s 0.0.0.0/0
iptables -A INPUT -s 0.0.0.0/8
iptables -A INPUT -s 0.0.0.0
iptables -A INPUT -s 255.255.255.255
iptables -A INPUT -s ::1
iptables -A INPUT -s fe80::/10
iptables -A INPUT -s ' 10.0.0.1, 10.0.0.2'
iptables -A INPUT -s 10.0.0.1,
iptables -A INPUT -s ,10.0.0.1
iptables -A INPUT -s 1.2.3.4/0x10
iptables -A INPUT -s 1.2.3.4/255.255
iptables -A INPUT --src 7.7.7.7 --dst 8.8.8.8
iptables -A INPUT --source 7.7.7.7 --destination=8.8.8.0/24
iptables -A INPUT --sour 7.7.7.8
iptables -A INPUT --s 7.7.7.8
iptables -A INPUT --d 7.7.7.8
iptables -R INPUT 1 -s 1.1.1.1,2.2.2.2
iptables -I INPUT 2 -s 5.5.5.1,5.5.5.2
iptables -D INPUT -s 5.5.5.1,5.5.5.2
iptables -C INPUT -s 10.0.0.1,10.0.0.2 -j ACCEPT
iptables -C INPUT -s 10.0.0.1,10.0.0.9 -j ACCEPT
iptables -S
iptables -L -n
iptables -L INPUT
echo 10.9.9.9 hosta >> /etc/hosts
echo 10.9.9.8 hosta >> /etc/hosts
iptables -F
iptables -A INPUT -s hosta
iptables -A INPUT -d hosta/24 -i eth+
iptables -A INPUT -i + -j ACCEPT
iptables -A INPUT ! -i + -j ACCEPT
iptables -A INPUT ! -i eth+ -j ACCEPT
iptables -A INPUT -i e -j ACCEPT
iptables -A FORWARD -i eth0 ! -o lo -f -j ACCEPT
iptables -A FORWARD ! -f -j ACCEPT
iptables -L -v
iptables -L -n -v
iptables -S
nft list ruleset
