# fails: pod1-knows, pod2-knows, with-ipip
# answer: outer-length 178
# answer: with-ipip 178
ip link set vx0 mtu $((${underlay} - 50))
ip link set veth-pod1 mtu 9000; ip link set cni0 mtu 9000; ip -n pod1 link set eth0 mtu 9000
# on: node02
ip link set vx0 mtu $((${underlay} - 50))
ip link set veth-pod2 mtu 9000; ip link set cni0 mtu 9000; ip -n pod2 link set eth0 mtu 9000
