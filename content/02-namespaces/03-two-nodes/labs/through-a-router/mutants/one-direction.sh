# fails: who-refuses, what-pod1-sees, pod1-to-pod2, pod2-to-pod1, by-the-router, second-pod, everyone
# answer: what-pod1-sees from-router01
# answer: who-refuses 192.168.2.12
# on: router01
ip route add ${pods2} via 192.168.2.12
