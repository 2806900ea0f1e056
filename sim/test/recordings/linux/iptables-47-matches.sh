# title: multiport, iprange, tcp flags, options, addrtype in chains
# area: iptables
# ipv6: off
# counters: keep

ip netns add c
ip netns add s
ip link add eth0 netns c type veth peer name eth0 netns s
ip -n c link set lo up
ip -n s link set lo up
ip -n c addr add 10.0.0.1/24 dev eth0
ip -n s addr add 10.0.0.2/24 dev eth0
ip -n c link set eth0 up
ip -n s link set eth0 up
ip netns exec s serve 8080 s > /dev/null 2>&1 &
ip netns exec s serve -u 5353 u > /dev/null 2>&1 &
sleep 0.3
ip netns exec s iptables -N T
ip netns exec s iptables -A INPUT -j T
ip netns exec s iptables -A T -p tcp --syn
ip netns exec s iptables -A T -p tcp ! --syn
ip netns exec s iptables -A T -p tcp --tcp-flags ALL SYN
ip netns exec s iptables -A T -p tcp --tcp-flags FIN FIN
ip netns exec s iptables -A T -p tcp --tcp-flags ACK,PSH ACK,PSH
ip netns exec s iptables -A T -p tcp --tcp-option 2
ip netns exec s iptables -A T -p tcp ! --tcp-option 8
ip netns exec s iptables -A T -p tcp -m tcpmss --mss 1400:1500
ip netns exec s iptables -A T -p tcp -m tcpmss ! --mss 1400:1500
ip netns exec s iptables -A T -p tcp -m multiport --dports 80,8000:9000
ip netns exec s iptables -A T -p tcp -m multiport ! --dports 80,8000:9000
ip netns exec s iptables -A T -p tcp -m multiport --ports 8080
ip netns exec s iptables -A T -p tcp --sport 1024:65535 --dport 8080
ip netns exec s iptables -A T -p tcp ! --dport 8080
ip netns exec s iptables -A T -p udp --dport 5353
ip netns exec s iptables -A T ! -p tcp
ip netns exec s iptables -A T -m addrtype --src-type LOCAL
ip netns exec s iptables -A T -m addrtype --dst-type LOCAL
ip netns exec s iptables -A T -m addrtype ! --dst-type LOCAL
ip netns exec s iptables -A T -m addrtype --dst-type LOCAL --limit-iface-in
ip netns exec s iptables -A T -m addrtype --dst-type BROADCAST,UNICAST
ip netns exec s iptables -A T -m iprange --src-range 10.0.0.0-10.0.0.1 --dst-range 10.0.0.2-10.0.0.2
ip netns exec s iptables -A T -m iprange ! --src-range 10.0.0.0-10.0.0.1
ip netns exec s iptables -A T -s 10.0.0.0/30 -d 10.0.0.2/31
ip netns exec s iptables -A T -s 0.0.0.1/0.0.0.3
ip netns exec s iptables -A T -p icmp --icmp-type any
ip netns exec s iptables -A T -p icmp --icmp-type 8/0
ip netns exec s iptables -A T -p icmp ! --icmp-type echo-request
ip netns exec s iptables -A T -m statistic --mode random --probability 1
ip netns exec s iptables -A T -m statistic --mode random --probability 0
ip netns exec s iptables -A T -m state --state NEW
ip netns exec c curl -sS -m 2 http://10.0.0.2:8080/
ip netns exec c ping -c 1 -W 1 10.0.0.2
echo hi | ip netns exec c nc -u -w 1 10.0.0.2 5353
ip netns exec s ping -c 1 -W 1 10.0.0.2
ip netns exec s iptables -L T -n -v -x
ip netns exec s iptables -A OUTPUT -p icmp --icmp-type port-unreachable -j DROP
ip netns exec c nc -z -u -v -w 1 10.0.0.2 7777
ip netns exec s iptables -L OUTPUT -n -v
ip netns exec s iptables -F OUTPUT
ip netns exec s iptables -F T
ip netns exec s iptables -A T -p icmp -j RETURN
ip netns exec s iptables -A T -j DROP
ip netns exec s iptables -A INPUT -p icmp -j DROP
ip netns exec c ping -c 1 -W 1 10.0.0.2
ip netns exec s iptables -L -n -v
ip netns exec s iptables -D INPUT -p icmp -j DROP
ip netns exec s iptables -I T 1 -j T
ip netns exec s iptables -X T
ip netns exec s iptables -t mangle -A INPUT -j MASQUERADE
ip netns exec s iptables -t nat -A PREROUTING -j SNAT --to-source 1.2.3.4
ip netns exec s iptables -t nat -A POSTROUTING -j DNAT --to-destination 1.2.3.4
ip netns exec s iptables -A INPUT -j TTL --ttl-set 3
ip netns exec s iptables -A INPUT -j CT --notrack
ip netns exec s iptables -A INPUT -m rpfilter
ip netns exec s iptables -t mangle -A INPUT -m rpfilter
ip netns exec s iptables -A INPUT -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
ip netns exec s iptables -A INPUT -j CLASSIFY --set-class 1:2
ip netns exec s iptables -A OUTPUT -m mac --mac-source 02:11:22:33:44:55
ip netns exec s iptables -A OUTPUT -m physdev --physdev-out eth0
ip netns exec s iptables -A INPUT -m addrtype --dst-type LOCAL --limit-iface-out
ip netns exec s iptables -A OUTPUT -m addrtype --dst-type LOCAL --limit-iface-in
ip netns exec s iptables -A INPUT -m recent --set --name ''
ip netns exec s iptables -A INPUT -m recent --set --seconds 5
ip netns exec s iptables -A INPUT -m recent --rcheck --hitcount 100000
ip netns exec s iptables -A FORWARD -j DSCP --set-dscp 3
ip netns exec s iptables -t nat -A INPUT -j REDIRECT
ip netns exec s iptables -A INPUT -j CHECKSUM --checksum-fill
ip netns exec s iptables -t raw -A PREROUTING -j REJECT
ip netns exec s iptables -S
