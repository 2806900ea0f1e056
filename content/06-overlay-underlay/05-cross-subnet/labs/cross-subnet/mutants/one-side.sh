# fails: pod1-pod2-bare, pod2-pod1-bare, second-pod
# answer: which-pairs across
ip route replace 10.244.2.0/24 via 192.168.1.12 dev eth0
