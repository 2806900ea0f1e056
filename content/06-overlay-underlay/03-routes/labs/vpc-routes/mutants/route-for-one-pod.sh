# fails: second-pod
# answer: where-it-dies source-check
# on: vpc
ip route add ${pods1.host(2)} via 10.0.1.11
ip route add ${pods2} via 10.0.2.12
ip rule del pref 101
ip rule del pref 201
