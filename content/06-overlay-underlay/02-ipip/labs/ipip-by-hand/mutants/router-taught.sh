# fails: in-the-envelope, room-of-1480, router-knows-nothing
ip route add ${pods2} via 192.168.1.1 src ${pods1.host(1)}
# on: node02
ip route add ${pods1} via 192.168.2.1 src ${pods2.host(1)}
# on: router01
ip route add ${pods1} via 192.168.1.11
ip route add ${pods2} via 192.168.2.12
