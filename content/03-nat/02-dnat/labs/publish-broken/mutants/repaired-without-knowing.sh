# fails: cause
iptables -t raw -F
iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -i eth0 -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -I FORWARD 1 -m conntrack --ctstate DNAT -d ${pods.host(2)} -j ACCEPT
ip -n web route replace default via ${pods.host(1)}
