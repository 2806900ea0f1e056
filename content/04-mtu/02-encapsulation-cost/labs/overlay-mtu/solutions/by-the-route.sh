# answer: outer-length 178
# answer: with-ipip 148
ip link set vx0 mtu $((${underlay} - 50))
ip link set veth-pod1 mtu 9000; ip link set cni0 mtu 9000; ip -n pod1 link set eth0 mtu 9000
ip -n pod1 route replace default via 10.244.1.1 mtu $((${underlay} - 50))
# on: node02
ip link set vx0 mtu $((${underlay} - 50))
ip link set veth-pod2 mtu 9000; ip link set cni0 mtu 9000; ip -n pod2 link set eth0 mtu 9000
ip -n pod2 route replace default via 10.244.2.1 mtu $((${underlay} - 50))
