# fails: from-outside, from-router, pods-by-name
iptables -t nat -A PREROUTING -d 192.168.0.11 -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -t nat -A OUTPUT -d 192.168.0.11 -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -t nat -A POSTROUTING -o cni0 -j MASQUERADE
iptables -A FORWARD -d ${pods.host(2)} -p tcp --dport 80 -j ACCEPT
bridge link set dev veth-web hairpin on
