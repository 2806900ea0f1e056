# title: MARK: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -j MARK --set-xmark 0xfeedcafe/0xfeedcafe
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j MARK --set-xmark 0x0
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j MARK --set-xmark 4294967295
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j MARK --set-xmark 4294967296
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j MARK --set-xmark -1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -j MARK
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t mangle -A PREROUTING -j MARK
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 1
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 0x10/0xf0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x10/0xf0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --and-mark 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --or-mark 0x4000
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --xor-mark 0x4000
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x4000/0x4000
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x4000/0x0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 1 --or-mark 2
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark x
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 4294967296
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --or-mark 4294967296
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --or-mark 1/2
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK ! --set-mark 1
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 1 --set-mark 2
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --set-mark 0/0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --and-mark 0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j MARK --or-mark 0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t filter -A INPUT -j MARK --set-mark 1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t nat -A PREROUTING -j MARK --or-mark 0x4000
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
