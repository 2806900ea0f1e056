# answer: outer-length 178
# answer: with-ipip 148
n=$((${underlay} - 50))
ip link set vx0 mtu $n
ip link set veth-pod1 mtu $n
ip -n pod1 link set eth0 mtu $n
# on: node02
n=$((${underlay} - 50))
ip link set vx0 mtu $n
ip link set veth-pod2 mtu $n
ip -n pod2 link set eth0 mtu $n
