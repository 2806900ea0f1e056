# fails: not-by-the-router, wrapped-across
# answer: which-pairs across
ip route replace 10.244.2.0/24 via 192.168.1.1 dev eth0
# on: node02
ip route replace 10.244.1.0/24 via 192.168.1.1 dev eth0
# on: router01
sysctl -w net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
ip route add 10.244.1.0/24 via 192.168.1.11
ip route add 10.244.2.0/24 via 192.168.1.12
