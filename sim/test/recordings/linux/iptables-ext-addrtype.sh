# title: addrtype: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -m addrtype
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type wrong
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type UNSPEC
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type UNSPEC
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type LOCAL --dst-type LOCAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --limit-iface-in
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --limit-iface-out
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --limit-iface-in --limit-iface-out
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type LOCAL --limit-iface-in --limit-iface-out
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type LOCAL --limit-iface-in
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type LOCAL --limit-iface-in
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A OUTPUT -m addrtype --src-type LOCAL --limit-iface-out
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m addrtype --dst-type LOCAL --limit-iface-out
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A INPUT -m addrtype --dst-type LOCAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type LOCAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype ! --dst-type LOCAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type local,MULTICAST
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type UNICAST --dst-type BROADCAST
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type FOO
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type LOCAL,
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type LOCAL --limit-iface-out
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type LOCAL --limit-iface-in --limit-iface-out
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type LOCAL --dst-type UNICAST
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type UNSPEC,UNICAST,LOCAL,BROADCAST,ANYCAST,MULTICAST,BLACKHOLE,UNREACHABLE,PROHIBIT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type THROW
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type NAT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --src-type XRESOLVE
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype ! --limit-iface-in --dst-type LOCAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype --dst-type UNREACHABLE
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m addrtype ! --src-type LOCAL ! --dst-type LOCAL
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A FORWARD -m addrtype --dst-type LOCAL --limit-iface-in
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m addrtype --dst-type LOCAL --limit-iface-out
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL --limit-iface-in
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL --limit-iface-out -j ACCEPT
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j RETURN
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
iptables -t nat -A POSTROUTING -m addrtype --dst-type LOCAL --limit-iface-in
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -m addrtype --src-type LOCAL --limit-iface-out
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
ip6tables -t filter -A INPUT -m addrtype --dst-type LOCAL
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -m addrtype --dst-type BLACKHOLE
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -m addrtype --dst-type PROHIBIT
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -m addrtype --dst-type UNREACHABLE
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
ip6tables -t filter -A INPUT -m addrtype --dst-type ANYCAST,MULTICAST
ip6tables -t filter -S INPUT; ip6tables -t filter -nvL INPUT | tail -n +3; ip6tables -t filter -L INPUT | tail -n +3
nft list table ip6 filter 2>/dev/null | sed -n 4p; ip6tables -t filter -F INPUT
