# answer: cause ${fault}
ip link del flannel.1
ip link add vx0 type vxlan id 1 dstport 8472 local 192.168.1.11 remote 192.168.2.12 dev eth0
ip addr add 10.255.0.1/30 dev vx0
ip link set vx0 up
ip route add ${pods2} via 10.255.0.2
# on: node02
ip link del flannel.1
ip link add vx0 type vxlan id 1 dstport 8472 local 192.168.2.12 remote 192.168.1.11 dev eth0
ip addr add 10.255.0.2/30 dev vx0
ip link set vx0 up
ip route add ${pods1} via 10.255.0.1
