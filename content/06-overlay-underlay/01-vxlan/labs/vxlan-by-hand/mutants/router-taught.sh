# fails: in-the-envelope, router-knows-nothing, refuses-1500
# answer: outer-addresses 192.168.2.12
# on: router01
ip route add ${pods1} via 192.168.1.11
ip route add ${pods2} via 192.168.2.12
