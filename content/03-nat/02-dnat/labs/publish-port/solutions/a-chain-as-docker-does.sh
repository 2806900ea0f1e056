iptables -t nat -N PUBLISH
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j PUBLISH
iptables -t nat -A OUTPUT -m addrtype --dst-type LOCAL -j PUBLISH
iptables -t nat -A PUBLISH -p tcp --dport ${port} -j MARK --set-mark 0x1
iptables -t nat -A PUBLISH -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
iptables -t nat -A POSTROUTING -m mark --mark 0x1 -s ${pods} -o cni0 -j MASQUERADE
iptables -A FORWARD -o cni0 -m conntrack --ctstate DNAT -j ACCEPT
bridge link set dev veth-web hairpin on
