# fails: mail-fixed
iptables -t nat -A POSTROUTING -s ${pods.host(3)} -o eth0 -j SNAT --to-source 192.168.0.25
iptables -t nat -A POSTROUTING -s ${pods} -o eth0 -j MASQUERADE
