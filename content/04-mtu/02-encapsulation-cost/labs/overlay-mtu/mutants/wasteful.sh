# fails: largest-1, largest-2, pod1-knows, pod2-knows
# answer: outer-length 178
# answer: with-ipip 148
n=$((${underlay} - 70))
ip link set vx0 mtu $n
ip link set veth-pod1 mtu $n
ip -n pod1 link set eth0 mtu $n
# on: node02
n=$((${underlay} - 70))
ip link set vx0 mtu $n
ip link set veth-pod2 mtu $n
ip -n pod2 link set eth0 mtu $n
