# title: physdev: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -m physdev --physdev-in lo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m physdev --physdev-is-in --physdev-in lo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A FORWARD -m physdev --physdev-in lo --physdev-is-bridged
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t mangle -A POSTROUTING -m physdev --physdev-out lo --physdev-is-bridged
iptables -t mangle -S POSTROUTING; iptables -t mangle -nvL POSTROUTING | tail -n +3; iptables -t mangle -L POSTROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F POSTROUTING
iptables -t filter -A FORWARD -m physdev --physdev-in eth0
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-out eth1
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev ! --physdev-in eth0 ! --physdev-out eth+
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-is-bridged
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev ! --physdev-is-bridged
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-is-in
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-is-out
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev ! --physdev-is-in
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev ! --physdev-is-out --physdev-is-in
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in eth0 --physdev-in eth1
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in ""
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in aaaaaaaaaaaaaaaaaaaa
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in eth0 --physdev-out eth1 --physdev-is-bridged -j ACCEPT
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-is-bridged --physdev-is-bridged
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in "a b"
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A FORWARD -m physdev --physdev-in +
iptables -t filter -S FORWARD; iptables -t filter -nvL FORWARD | tail -n +3; iptables -t filter -L FORWARD | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F FORWARD
iptables -t filter -A INPUT -m physdev --physdev-in eth0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m physdev --physdev-out eth0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m physdev --physdev-is-out
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m physdev --physdev-is-bridged --physdev-out eth0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A OUTPUT -m physdev --physdev-in eth0
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m physdev --physdev-out eth0
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m physdev --physdev-out eth0 --physdev-is-bridged
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t filter -A OUTPUT -m physdev --physdev-is-out
iptables -t filter -S OUTPUT; iptables -t filter -nvL OUTPUT | tail -n +3; iptables -t filter -L OUTPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F OUTPUT
iptables -t nat -A POSTROUTING -m physdev --physdev-out eth0
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
iptables -t nat -A POSTROUTING -m physdev --physdev-is-bridged --physdev-out eth0
iptables -t nat -S POSTROUTING; iptables -t nat -nvL POSTROUTING | tail -n +3; iptables -t nat -L POSTROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F POSTROUTING
