# answer: what-pod1-sees silence
# answer: who-refuses 192.168.1.1
ip route add ${pods2} via 192.168.1.1 dev eth0
# on: router01
ip route replace ${pods1} via 192.168.1.11 dev eth0
ip route replace ${pods2} via 192.168.2.12 dev eth1
# on: node02
ip route add ${pods1} via 192.168.2.1 dev eth0
