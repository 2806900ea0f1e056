ip addr add 192.168.0.25/32 dev eth0
iptables -t nat -N OUT
iptables -t nat -A POSTROUTING -s ${pods} -j OUT
iptables -t nat -A OUT -d ${pods} -j RETURN
iptables -t nat -A OUT -d 172.16.5.0/24 -j RETURN
iptables -t nat -A OUT -s ${pods.host(3)} -j SNAT --to-source 192.168.0.25
iptables -t nat -A OUT -j MASQUERADE
