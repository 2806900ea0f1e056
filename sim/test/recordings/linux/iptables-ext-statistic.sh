# title: statistic: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -m statistic
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m statistic --mode random ! --probability 0.50000000000
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m statistic --mode random ! --probability 1.1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m statistic --probability 1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m statistic --mode nth ! --every 5 --packet 2
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m statistic --mode nth ! --every 5
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m statistic --mode nth ! --every 5 --packet 5
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.5
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.33333333349
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random ! --probability 0.1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 1.1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability -0.1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability foo
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 1e-3
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability .5
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 3
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 3 --packet 1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth ! --every 3 --packet 2
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 3 --packet 3
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 3 --packet 4
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 0
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --packet 1
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every x
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode foo
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --probability 0.5
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --every 3
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --every 3
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --probability 0.5
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --mode random --probability 0.5
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.5 --every 3
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode nth --every 4294967296
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.33332999982 -j ACCEPT
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.25000000000
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.2
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.16667
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m statistic --mode random --probability 0.14286 -j RETURN
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
