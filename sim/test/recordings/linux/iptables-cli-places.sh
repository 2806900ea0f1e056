# title: where targets may stand
# area: iptables
iptables -A INPUT -j MASQUERADE
iptables -t nat -A INPUT -j MASQUERADE
iptables -t nat -A PREROUTING -j MASQUERADE
iptables -t nat -A POSTROUTING -j MASQUERADE
iptables -t nat -A POSTROUTING -j DNAT --to 1.2.3.4
iptables -t nat -A INPUT -j DNAT --to 1.2.3.4
iptables -t nat -A INPUT -j SNAT --to 1.2.3.4
iptables -t nat -A OUTPUT -j DNAT --to 1.2.3.4
iptables -t nat -A OUTPUT -j SNAT --to 1.2.3.4
iptables -t nat -A PREROUTING -j REJECT
iptables -t mangle -A INPUT -j REJECT
iptables -A OUTPUT -j TTL --ttl-set 3
iptables -t mangle -A OUTPUT -j TTL --ttl-set 3
iptables -A FORWARD -j TCPMSS --clamp-mss-to-pmtu
iptables -A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu
iptables -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
iptables -t raw -A PREROUTING -j NOTRACK
iptables -t raw -A PREROUTING -j CT --notrack
iptables -A INPUT -j NOTRACK
iptables -t raw -A PREROUTING -j DNAT --to 1.2.3.4
iptables -A INPUT -j REJECT --reject-with tcp-reset
iptables -A INPUT -p tcp -j REJECT --reject-with tcp-reset
iptables -A INPUT -m owner --uid-owner 0 -j ACCEPT
iptables -A OUTPUT -m owner --uid-owner 0 -j ACCEPT
iptables -A OUTPUT -m physdev --physdev-in eth0
iptables -A INPUT -m mac --mac-source 00:11:22:33:44:55
iptables -A OUTPUT -m mac --mac-source 00:11:22:33:44:55
iptables -t raw -A PREROUTING -m rpfilter
iptables -A INPUT -m rpfilter
iptables -N U
iptables -A U -j MASQUERADE
iptables -A U -m owner --uid-owner 0
iptables -A INPUT -j U
iptables -A OUTPUT -j U
iptables -A U -j REJECT
iptables -t nat -N V
iptables -t nat -A V -j MASQUERADE
iptables -t nat -A PREROUTING -j V
iptables -t nat -A POSTROUTING -j V
iptables -t nat -A V -j DNAT --to 1.2.3.4
iptables -t mangle -A PREROUTING -j CLASSIFY --set-class 1:2
iptables -t mangle -A POSTROUTING -j CLASSIFY --set-class 1:2
iptables -t mangle -A PREROUTING -j MARK --set-mark 5
iptables -A INPUT -j MARK --set-mark 5
iptables -A INPUT -j CONNMARK --save-mark
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 80
iptables -t nat -A PREROUTING -j REDIRECT --to-ports 80
iptables -t nat -A POSTROUTING -j REDIRECT
iptables -t nat -A PREROUTING -j NETMAP --to 10.0.0.0/24
iptables -A INPUT -j QUEUE
iptables -A INPUT -j NFQUEUE --queue-num 3
iptables -A INPUT -j TRACE
iptables -t raw -A PREROUTING -j TRACE
iptables -R INPUT 1 -j MASQUERADE
iptables -I INPUT -j MASQUERADE
iptables -I INPUT 2 -j DNAT --to 1.1.1.1
iptables -E U W
iptables -S
iptables-save
iptables -D INPUT -j W
iptables -D INPUT -j NOPE
iptables -C INPUT -j W
iptables -X W
iptables -F W
iptables -X W
iptables -S
