# answer: where-it-dies source-check
# on: vpc
ip route add ${pods1} via 10.0.1.11 dev eth0
ip route add ${pods2} via 10.0.2.12 dev eth1
ip rule add pref 90 iif eth0 from ${pods1} lookup main
ip rule add pref 91 iif eth1 from ${pods2} lookup main
