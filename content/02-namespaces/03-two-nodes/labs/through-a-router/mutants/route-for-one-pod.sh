# fails: second-pod
# answer: what-pod1-sees silence
# answer: who-refuses 192.168.1.1
# on: router01
ip route add ${pods1.host(2)} via 192.168.1.11
ip route add ${pods2} via 192.168.2.12
