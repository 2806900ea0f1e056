# title: REDIRECT: forms and errors
# area: iptables
# settle: 0
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 42
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 0
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 65535
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 65536
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p udp -j REDIRECT --to-ports 0-0
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p udp -j REDIRECT --to-ports 512-512
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p udp -j REDIRECT --to-ports 42-1234
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 42-1234 --random
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 42-1234/567
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports ssh
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports ftp-data
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports ftp-ssh
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 10-ssh
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -j REDIRECT --to-ports 42
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -j REDIRECT --random
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -j REDIRECT
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 8080
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-port 8080
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080-8090
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports http
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports foo
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 70000
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 20-10
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -j REDIRECT --to-ports 8080
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p icmp -j REDIRECT --to-ports 8080
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p udp -j REDIRECT --to-ports 53 --random
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 1 --to-ports 2
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 80:90
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 8080
iptables -t nat -S OUTPUT; iptables -t nat -nvL OUTPUT | tail -n +3; iptables -t nat -L OUTPUT | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F OUTPUT
iptables -t nat -A POSTROUTING -j REDIRECT
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t filter -A INPUT -j REDIRECT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
ip6tables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 8080
ip6tables -t nat -S PREROUTING; ip6tables -t nat -nvL PREROUTING | tail -n +3; ip6tables -t nat -L PREROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F PREROUTING
ip6tables -t nat -A PREROUTING -j REDIRECT
ip6tables -t nat -S PREROUTING; ip6tables -t nat -nvL PREROUTING | tail -n +3; ip6tables -t nat -L PREROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F PREROUTING
