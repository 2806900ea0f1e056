# fails: in-the-envelope, room-of-1480
ip link add vx0 type vxlan id 1 dstport 4789 local 192.168.1.11 remote 192.168.2.12 dev eth0
ip addr add 10.255.0.1/30 dev vx0
ip link set vx0 up
ip route add ${pods2} via 10.255.0.2 src ${pods1.host(1)}
# on: node02
ip link add vx0 type vxlan id 1 dstport 4789 local 192.168.2.12 remote 192.168.1.11 dev eth0
ip addr add 10.255.0.2/30 dev vx0
ip link set vx0 up
ip route add ${pods1} via 10.255.0.1 src ${pods2.host(1)}
