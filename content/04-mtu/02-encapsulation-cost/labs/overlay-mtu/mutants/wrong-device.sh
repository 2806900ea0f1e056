# fails: largest-1, largest-2, pod1-knows, pod2-knows, underlay-unchanged
# answer: outer-length 178
# answer: with-ipip 148
n=$((${underlay} - 50))
ip link set eth0 mtu $n
# on: node02
ip link set eth0 mtu $((${underlay} - 50))
