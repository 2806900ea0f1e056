# title: CONNMARK: forms and errors
# area: iptables
# settle: 0
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark --nfmask 0xfffffff --ctmask 0xffffffff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark --nfmask 0xfffffff --ctmask 0xffffffff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --set-mark 1
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --set-mark 0x10/0xf0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --set-xmark 0x10/0xf0
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --and-mark 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --or-mark 0x4000
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --xor-mark 0x4000
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark --mask 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark --mask 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark --nfmask 0xff --ctmask 0xf
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xf
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark --mask 0xff --nfmask 0x1
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --mask 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --set-mark 1 --mask 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark --restore-mark
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --set-mark x
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --set-mark 1 --set-mark 1
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A PREROUTING -j CONNMARK --save-mark --ctmask 0xff
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t filter -A INPUT -j CONNMARK --set-mark 1
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t nat -A PREROUTING -j CONNMARK --save-mark
iptables -t nat -S PREROUTING; iptables -t nat -nvL PREROUTING | tail -n +3; iptables -t nat -L PREROUTING | tail -n +3
nft list table ip nat 2>/dev/null | sed -n 4p; iptables -t nat -F PREROUTING
