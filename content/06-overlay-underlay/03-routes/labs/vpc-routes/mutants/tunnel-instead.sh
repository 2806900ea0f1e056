# fails: no-envelope, db-to-pod, pod-to-db
# answer: where-it-dies source-check
ip link add tun0 type ipip local 10.0.1.11 remote 10.0.2.12
ip link set tun0 up
ip route add ${pods2} dev tun0
# on: node02
ip link add tun0 type ipip local 10.0.2.12 remote 10.0.1.11
ip link set tun0 up
ip route add ${pods1} dev tun0
