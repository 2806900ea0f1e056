ip tunnel add to-node02 mode ipip local 192.168.1.11 remote 192.168.2.12
ip addr add ${pods1.host(1)}/32 dev to-node02
ip link set to-node02 up
ip route add ${pods2} dev to-node02
# on: node02
ip tunnel add to-node01 mode ipip local 192.168.2.12 remote 192.168.1.11
ip addr add ${pods2.host(1)}/32 dev to-node01
ip link set to-node01 up
ip route add ${pods1} dev to-node01
