# fails: refuses-1500
# answer: outer-addresses 192.168.2.12
ip link add vx0 type vxlan id ${vni} dstport ${port} local 192.168.1.11 remote 192.168.2.12
ip addr add 10.255.0.1/30 dev vx0
ip link set vx0 up
ip route add ${pods2} via 10.255.0.2
# on: node02
ip link add vx0 type vxlan id ${vni} dstport ${port} local 192.168.2.12 remote 192.168.1.11
ip addr add 10.255.0.2/30 dev vx0
ip link set vx0 up
ip route add ${pods1} via 10.255.0.1
