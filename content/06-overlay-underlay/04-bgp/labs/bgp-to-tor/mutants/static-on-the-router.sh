# fails: established, learnt, comes-back
# answer: as-path tor-node02
# on: tor01
ip route add ${pods1} via 192.168.1.11
ip route add ${pods2} via 192.168.2.12
