# fails: cause
iptables -t raw -F
iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -i eth0 -p udp --dport 53 -j DNAT --to-destination ${pods.host(3)}:53
iptables -I FORWARD 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
conntrack -F
