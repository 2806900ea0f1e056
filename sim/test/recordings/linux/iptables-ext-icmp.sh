# title: icmp: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -p icmp -m icmp --icmp-type any
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m icmp
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp -m icmp
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 8
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 3/4
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp ! --icmp-type 3/1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp ! --icmp-type 3
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type any
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp ! --icmp-type any
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type echo-request
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type ping
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type pong
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type echo-reply
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type destination-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type network-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type host-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type port-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type fragmentation-needed
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type time-exceeded
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type ttl-exceeded
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type ttl-zero-during-transit
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type redirect
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type timestamp-request
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type address-mask-reply
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type parameter-problem
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type required-option-missing
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type router-solicitation
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type source-quench
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 5/3
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 40
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 3/99
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 255/255
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 256
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 8/256
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 8/
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type foo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type echo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type time
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type ECHO-REQUEST
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 3/x
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type ""
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 8 --icmp-type 0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m icmp --icmp-type 8
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m icmp --icmp-type 8
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp --icmp-type 8
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp --icmp-type 8 -j ACCEPT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmpv6 --icmp-type 8
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
