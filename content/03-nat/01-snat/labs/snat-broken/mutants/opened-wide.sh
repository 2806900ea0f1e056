# fails: nobody-comes-in
# answer: cause ${fault}
sysctl -w net.ipv4.ip_forward=1
iptables -P FORWARD ACCEPT
iptables -t nat -I POSTROUTING 1 -s ${pods} -o eth0 -j MASQUERADE
