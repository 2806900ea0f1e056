# fails: pod1-to-pod2, pod2-to-pod1, by-the-router, second-pod, everyone
# answer: what-pod1-sees silence
# answer: who-refuses 192.168.1.1
ip netns del pod1
ip link del cni0
# on: router01
ip route add ${pods1} via 192.168.1.11
ip route add ${pods2} via 192.168.2.12
