# fails: node-to-pod, node-back
ip link add tun0 type ipip local 192.168.1.11 remote 192.168.2.12
ip link set tun0 up
ip route add ${pods2} dev tun0
# on: node02
ip link add tun0 type ipip local 192.168.2.12 remote 192.168.1.11
ip link set tun0 up
ip route add ${pods1} dev tun0
