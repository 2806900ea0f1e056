# fails: pod1-to-pod2, pod2-to-pod1, no-envelope, second-pod, db-to-pod, pod-to-db, where-it-dies
# answer: where-it-dies works
# on: vpc
ip route add ${pods1} via 10.0.1.11
ip route add ${pods2} via 10.0.2.12
