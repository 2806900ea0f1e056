# fails: node01-to-pod2, node01-is-the-client, pod1-to-pod2, pod2-to-pod1, no-nat, second-pod, after-flush
sysctl -w net.ipv4.ip_forward=1
ip route add ${pods2} via 192.168.0.12
# on: node02
sysctl -w net.ipv4.ip_forward=1
ip route add ${pods1} via 192.168.0.11
ip link del cni0
# answer: predict-ttl 62
