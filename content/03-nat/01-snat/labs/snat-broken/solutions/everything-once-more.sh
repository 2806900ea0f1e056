# answer: cause ${fault}
sysctl -w net.ipv4.ip_forward=1
iptables -t nat -I POSTROUTING 1 -s ${pods} -o eth0 -j MASQUERADE
iptables -I FORWARD 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
