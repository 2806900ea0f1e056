# title: REJECT: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -j REJECT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-net-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-host-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-port-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-proto-unreachable
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-net-prohibited
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-host-prohibited
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-admin-prohibited
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp6-no-route
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp6-adm-prohibited
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp6-addr-unreachable
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp6-port-unreachable
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp6-policy-fail
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp6-reject-route
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -p tcp -j REJECT --reject-with tcp-reset
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with tcp-reset
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -j REJECT --reject-with tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -j REJECT --reject-with tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT ! -p tcp -j REJECT --reject-with tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with net-unreach
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with host-unreach
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with proto-unreach
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with port-unreach
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with net-prohib
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with host-prohib
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with tcp-rst
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -j REJECT --reject-with tcp-rst
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with admin-prohib
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with echo-reply
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with echoreply
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with foo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp-net
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT ! --reject-with tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with tcp-reset --reject-with tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject-with icmp6-no-route
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --foo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j REJECT --reject tcp-reset
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp --dport 80 -j REJECT --reject-with icmp-host-prohibited
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with no-route
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with adm-prohibited
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with addr-unreach
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with port-unreach
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with policy-fail
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with reject-route
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with icmp-port-unreachable
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -j REJECT --reject-with foo
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
iptables -t nat -A PREROUTING -j REJECT
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t mangle -A PREROUTING -j REJECT
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A FORWARD -j REJECT
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t filter -A OUTPUT -j REJECT
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A FORWARD -j REJECT
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t raw -A PREROUTING -j REJECT
iptables -t raw -S PREROUTING; iptables -t raw -nvL PREROUTING | tail -n +3; iptables -t raw -L PREROUTING | tail -n +3
nft list table ip raw 2>/dev/null | sed -n 4p; iptables -t raw -F PREROUTING
