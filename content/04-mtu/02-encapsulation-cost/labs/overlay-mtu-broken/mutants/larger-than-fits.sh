# fails: pod1-sends, pod2-sends
# answer: cause ${fault}
for dev in eth0 vx0 veth-pod1; do ip link set $dev mtu 1500; done
ip -n pod1 link set eth0 mtu 1500
# on: node02
for dev in eth0 vx0 veth-pod2; do ip link set $dev mtu 1500; done
ip -n pod2 link set eth0 mtu 1500
