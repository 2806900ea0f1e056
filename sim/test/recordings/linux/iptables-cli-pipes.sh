# title: pipes, here documents, empty and repeated use
# area: iptables
iptables-save | iptables-restore
iptables -S | wc -l
iptables-save
iptables -A FORWARD -i br0 -o br0 -j ACCEPT
iptables-save | sed 's/br0/br1/' | iptables-restore
iptables -S FORWARD
iptables-restore <<X
*filter
:INPUT ACCEPT [0:0]
-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
-A INPUT -i lo -j ACCEPT
COMMIT
X

iptables -S
iptables -C INPUT -i lo -j ACCEPT && echo yes
iptables -C INPUT -i lo -j DROP || echo no
iptables -C INPUT -i lo -j DROP 2>/dev/null || iptables -A INPUT -i lo -j DROP
iptables -L INPUT --line-numbers -n
iptables -D INPUT 2 && iptables -L INPUT --line-numbers -n
while iptables -D INPUT -i lo -j DROP 2>/dev/null; do :; done; iptables -S INPUT
for c in A B C; do iptables -N $c; iptables -A INPUT -j $c; done; iptables -S
iptables -F; iptables -X; iptables -S
for t in filter nat mangle raw security; do iptables -t $t -L -n | head -1; done
iptables -t nat -S
iptables -t mangle -S
iptables -t raw -S
iptables -t security -S
iptables-save
iptables -t nat -F
iptables -t nat -X
iptables -t nat -Z
iptables -t nat -L -Z -n
nft list ruleset
iptables -t raw -P PREROUTING DROP
iptables -t raw -P PREROUTING ACCEPT
iptables -t nat -P POSTROUTING ACCEPT
nft list ruleset
iptables -L -n | grep Chain
iptables -nvL --line-numbers | head -3
iptables -I FORWARD -s 10.0.0.0/24 -d 10.1.0.0/24 -j DROP
iptables -I FORWARD 1 -p icmp -j ACCEPT
iptables -R FORWARD 2 -s 10.0.0.0/24 -j REJECT
iptables -S FORWARD 2
iptables -L FORWARD 1
iptables -L FORWARD 2 -n -v
iptables -S FORWARD -v
iptables -E INPUT X
iptables -X FORWARD
iptables -F FORWARD
iptables -P FORWARD DROP
iptables -X
iptables -S
