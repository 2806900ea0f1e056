# fails: foreign-port-stays
iptables -t nat -A PREROUTING -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -t nat -A OUTPUT -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -t nat -A POSTROUTING -s ${pods} -d ${pods.host(2)} -p tcp --dport 80 -m conntrack --ctstate DNAT -j MASQUERADE
iptables -A FORWARD -d ${pods.host(2)} -p tcp --dport 80 -j ACCEPT
bridge link set dev veth-web hairpin on
