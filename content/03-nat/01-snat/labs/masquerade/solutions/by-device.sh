iptables -t nat -A POSTROUTING -s ${pods} -o eth0 -j MASQUERADE
ip addr add 192.168.0.25/24 dev eth0
iptables -t nat -I POSTROUTING 1 -s ${pods.host(3)} -o eth0 -j SNAT --to-source 192.168.0.25
