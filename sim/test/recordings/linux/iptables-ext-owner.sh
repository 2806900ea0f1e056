# title: owner: forms and errors
# area: iptables
# settle: 0
iptables -t mangle -A OUTPUT -m owner --uid-owner root
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --uid-owner 0-10
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --gid-owner root
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --gid-owner 0-10
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --uid-owner root --gid-owner root
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --uid-owner 0-10 --gid-owner 0-10
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner ! --uid-owner root
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --socket-exists
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --gid-owner 0-10 --suppl-groups
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --suppl-groups --gid-owner 0-10
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --gid-owner 0-10 ! --suppl-groups
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A OUTPUT -m owner --suppl-groups
iptables -t mangle -S OUTPUT; iptables -t mangle -nvL OUTPUT | tail -n +3; iptables -t mangle -L OUTPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F OUTPUT
iptables -t mangle -A INPUT -m owner --uid-owner root
iptables -t mangle -S INPUT; iptables -t mangle -nvL INPUT | tail -n +3; iptables -t mangle -L INPUT | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F INPUT
iptables -t filter -A OUTPUT -m owner
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner root
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 0
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 1000-2000
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner ! --uid-owner 0
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --gid-owner root
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --gid-owner 0-5
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner foo
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --gid-owner foo
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 5-1
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 1-x
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --socket-exists
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner ! --socket-exists
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 0 --gid-owner 0
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 0 --uid-owner 1
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 4294967295
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner -1
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --gid-owner 0 --suppl-groups
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --pid-owner 5
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner ! --uid-owner 1-3
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --uid-owner 12345
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m owner --gid-owner 12345
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A INPUT -m owner --uid-owner 0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A FORWARD -m owner --uid-owner 0
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t mangle -A POSTROUTING -m owner --uid-owner 0
iptables -t mangle -S POSTROUTING; iptables -t mangle -nvL POSTROUTING | tail -n +3; iptables -t mangle -L POSTROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F POSTROUTING
iptables -t nat -A PREROUTING -m owner --uid-owner 0
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
