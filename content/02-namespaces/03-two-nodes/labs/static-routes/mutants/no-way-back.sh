# fails: pod1-to-pod2, pod2-to-pod1, no-nat, second-pod, after-flush
sysctl -w net.ipv4.ip_forward=1
ip route add ${pods2} via 192.168.0.12
# on: node02
sysctl -w net.ipv4.ip_forward=1
# answer: predict-ttl 62
