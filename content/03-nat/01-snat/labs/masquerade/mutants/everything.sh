# fails: db-sees-pod, pod-sees-pod, mail-at-home
iptables -t nat -A POSTROUTING -s ${pods.host(3)} -o eth0 -j SNAT --to-source 192.168.0.25
iptables -t nat -A POSTROUTING -j MASQUERADE
ip addr add 192.168.0.25/24 dev eth0
