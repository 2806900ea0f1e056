sysctl -w net.ipv4.ip_forward=1
ip route add ${pods2} via 192.168.0.12
# on: node02
sysctl -w net.ipv4.ip_forward=1
ip route add ${pods1} via 192.168.0.11
# answer: predict-ttl 62
