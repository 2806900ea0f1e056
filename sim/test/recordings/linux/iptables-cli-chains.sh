# title: chains, verbose and nft's view
# area: iptables
# counters: keep
nft list ruleset
iptables -L
nft list ruleset
iptables -N A
nft list ruleset
iptables -v -N B
iptables -A A -j B
iptables -A B -j A
iptables -A A -j A
iptables -A A -g B
iptables -A INPUT -j A
iptables -A FORWARD -g A
nft list ruleset
iptables -L -n
iptables -X A
iptables -X
iptables -S
iptables -v -F
iptables -v -F A
iptables -v -X
iptables -S
nft list ruleset
iptables -P INPUT DROP
iptables -A INPUT -s 1.2.3.4
iptables -X INPUT
iptables -X FORWARD
iptables -P INPUT ACCEPT
iptables -X INPUT
iptables -F INPUT
iptables -X INPUT
nft list ruleset
iptables -t nat -N DOCKER
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
iptables -t nat -A OUTPUT -j DOCKER
iptables -t mangle -A PREROUTING -j MARK --set-mark 1
iptables -t raw -A OUTPUT -j RETURN
iptables -t security -A INPUT -j RETURN
iptables-save
iptables -t nat -S
iptables -t nat -L -n
iptables -t mangle -L -n
nft list ruleset
nft -a list ruleset
nft list tables
nft list chains
nft list table ip nat
nft list chain ip nat PREROUTING
nft list table ip foo
nft list chain ip nat foo
nft delete table ip raw
nft list tables
nft flush ruleset
nft list tables
iptables -S
iptables -v -A INPUT -p tcp --dport 80 -j ACCEPT
iptables -v -I INPUT -s 1.1.1.1 -d 2.2.2.2 -i eth0 -j REJECT
iptables -v -A INPUT ! -s 1.1.1.1 -p udp --sport 53 -f
iptables -v -A INPUT -m mark --mark 3
iptables -v -R INPUT 1 -j DROP
iptables -v -D INPUT -m mark --mark 3
iptables -v -D INPUT 1
iptables -v -C INPUT -p tcp --dport 80 -j ACCEPT
iptables -v -P INPUT ACCEPT
iptables -v -Z
iptables -v -Z INPUT
iptables -v -E A B
iptables -v -S
iptables -v -L INPUT
iptables -A INPUT -c 5 600 -j ACCEPT
iptables -A INPUT -c 5,700 -j ACCEPT
iptables -A INPUT -c 5 -j ACCEPT
iptables -A INPUT -c x 5 -j ACCEPT
iptables -A INPUT -c 5 x -j ACCEPT
iptables -A INPUT -c 99999 100000 -j RETURN
iptables -A INPUT -c 123456 12345678 -j RETURN
iptables -A INPUT -c 9999499 9999500 -j RETURN
iptables -A INPUT -c 99994999999 999999999999 -j RETURN
iptables -A INPUT -c 999999999999999 18446744073709551615 -j RETURN
iptables -L -v
iptables -L -v -x -n --line-numbers
iptables -S -v
iptables -Z INPUT 2
iptables -L -v -x -n --line
iptables -L INPUT 3 -v -n
iptables -L INPUT 3 --line-numbers
iptables-save -c
iptables -L -Z -v -n
iptables -L -v -n
iptables -S -v
