# answer: cause ${fault}
ip link set eth0 mtu 1550
ip link set vx0 mtu 1500
ip link set veth-pod1 mtu 1500
ip -n pod1 link set eth0 mtu 1500
# on: node02
ip link set eth0 mtu 1550
ip link set vx0 mtu 1500
ip link set veth-pod2 mtu 1500
ip -n pod2 link set eth0 mtu 1500
