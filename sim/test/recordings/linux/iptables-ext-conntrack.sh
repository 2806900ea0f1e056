# title: conntrack: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -m conntrack --ctstate NEW
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate NEW,ESTABLISHED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate NEW,RELATED,ESTABLISHED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate INVALID
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate UNTRACKED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate SNAT,DNAT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate wrong
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctproto tcp
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctorigsrc 1.1.1.1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctorigdst 1.1.1.1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctreplsrc 1.1.1.1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctrepldst 1.1.1.1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 4294967295
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 0:4294967295
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 42949672956
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire -1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctdir ORIGINAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctdir REPLY
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus NONE
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus CONFIRMED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus ASSURED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus EXPECTED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus SEEN_REPLY
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate new,Established
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack ! --ctstate INVALID
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED,SNAT,DNAT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate FOO
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate NEW,
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate ,NEW
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate NEW --ctstate RELATED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstate
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack ! --ctproto 17
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctproto 0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctproto foo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctorigsrc 10.0.0.1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack ! --ctorigsrc 10.0.0.0/8 --ctorigdst 1.2.3.4/255.255.0.0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctreplsrc 10.1.2.3/24 --ctrepldst 10.0.0.0/0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctorigsrc 10.0.0.1/33
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctorigsrc foo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack -p tcp --ctproto 6 --ctorigdstport 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctorigsrcport 1000:2000 --ctorigdstport http
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctreplsrcport :2000 --ctrepldstport 3000:
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctreplsrcport 70000
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctreplsrcport 200:100
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctreplsrcport 1:2:3
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus ASSURED,seen_reply
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus EXPECTED,CONFIRMED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack ! --ctstatus CONFIRMED
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctstatus FOO
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 10
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 10:20
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire :20
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 20:
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack ! --ctexpire 5:6
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire 5:4
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctexpire a
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctdir reply
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m conntrack --ctdir BOTH
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
