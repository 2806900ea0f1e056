# title: MASQUERADE: forms and errors
# area: iptables
# settle: 0
iptables -t nat -A POSTROUTING -j MASQUERADE
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE --random
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE --random-fully
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports 1024-65535
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports 1024-65536
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports -1
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -j MASQUERADE
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -j MASQUERADE --random
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -j MASQUERADE --random-fully
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports 1024-65535
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports 1024-65536
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports -1
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024-2000
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports 2000-1024
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE --to-ports 1024
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p icmp -j MASQUERADE --to-ports 1024
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE --random --random-fully
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports x
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 70000
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 0
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1-2-3
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE --persistent
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE --foo
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE extra
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -s 10.244.0.0/16 ! -d 10.244.0.0/16 -j MASQUERADE
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -s 10.0.0.0/8 -o eth0 -j MASQUERADE
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -j MASQUERADE ! --random
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 10 --to-ports 20
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A PREROUTING -j MASQUERADE
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A OUTPUT -j MASQUERADE
iptables -t nat -S OUTPUT; iptables -t nat -nvL OUTPUT | tail -n +3; iptables -t nat -L OUTPUT | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F OUTPUT
iptables -t nat -A INPUT -j MASQUERADE
iptables -t nat -S INPUT; iptables -t nat -nvL INPUT | tail -n +3; iptables -t nat -L INPUT | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F INPUT
iptables -t filter -A FORWARD -j MASQUERADE
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
ip6tables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 10-20
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
ip6tables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports x
ip6tables -t nat -S POSTROUTING; ip6tables -t nat -nvL POSTROUTING | tail -n +3; ip6tables -t nat -L POSTROUTING | tail -n +3
nft list table ip6 nat 2>/dev/null | sed -n 4p; ip6tables -t nat -F POSTROUTING
