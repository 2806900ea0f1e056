# answer: which-pairs across
ip route replace 10.244.2.0/24 via 192.168.1.12 dev eth0
# on: node02
ip route replace 10.244.1.0/24 via 192.168.1.11 dev eth0
