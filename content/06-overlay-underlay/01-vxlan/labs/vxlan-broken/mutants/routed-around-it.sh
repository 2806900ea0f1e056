# fails: still-vxlan
# answer: cause ${fault}
ip link del flannel.1
ip route add ${pods2} via 192.168.1.1
# on: node02
ip link del flannel.1
ip route add ${pods1} via 192.168.2.1
# on: router01
ip route add ${pods1} via 192.168.1.11
ip route add ${pods2} via 192.168.2.12
