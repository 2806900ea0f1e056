# fails: cause
ip route del ${pods2.network}/28
ip route replace ${pods2} via 192.168.0.12 dev eth0
# on: node02
ip route replace ${pods1} via 192.168.0.11 dev eth0
sysctl -w net.ipv4.ip_forward=1
ip -n pod2 route replace default via ${pods2.host(1)}
