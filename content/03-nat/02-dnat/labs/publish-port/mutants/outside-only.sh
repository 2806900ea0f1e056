# fails: from-node, from-pod2, from-web, without-br-netfilter
iptables -t nat -A PREROUTING -i eth0 -d 192.168.0.11 -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -A FORWARD -d ${pods.host(2)} -p tcp --dport 80 -j ACCEPT
