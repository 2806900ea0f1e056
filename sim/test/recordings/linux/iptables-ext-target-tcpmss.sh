# title: TCPMSS: forms and errors
# area: iptables
# settle: 0
iptables -t mangle -A FORWARD -j TCPMSS
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp -j TCPMSS --set-mss 42
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j TCPMSS --set-mss 42
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j TCPMSS --clamp-mss-to-pmtu
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 1400
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp -j TCPMSS --set-mss 1400
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -j TCPMSS --set-mss 1400
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p udp -j TCPMSS --set-mss 1400
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 1400 --clamp-mss-to-pmtu
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 65536
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss x
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 0
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 1 --set-mss 2
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp ! --syn -j TCPMSS --set-mss 1400
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t mangle -A FORWARD -p tcp --tcp-flags ALL SYN -j TCPMSS --set-mss 1400
iptables -t mangle -S FORWARD; iptables -t mangle -nvL FORWARD | tail -n +3; iptables -t mangle -L FORWARD | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F FORWARD
iptables -t filter -A INPUT -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp --syn -j TCPMSS --set-mss 1400
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t mangle -A PREROUTING -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu
iptables -t mangle -S PREROUTING; iptables -t mangle -nvL PREROUTING | tail -n +3; iptables -t mangle -L PREROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F PREROUTING
iptables -t mangle -A POSTROUTING -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu
iptables -t mangle -S POSTROUTING; iptables -t mangle -nvL POSTROUTING | tail -n +3; iptables -t mangle -L POSTROUTING | tail -n +3
nft list table ip mangle 2>/dev/null | sed -n 4p; iptables -t mangle -F POSTROUTING
