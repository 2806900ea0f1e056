# answer: first-time router1
# answer: second-time host1
# answer: path-mtu ${mtu}
# answer: headers 28
ip route add 10.2.0.0/24 via 10.1.0.1 mtu lock ${mtu}
# on: host2
ip route add 10.1.0.0/24 via 10.2.0.1 mtu ${mtu}
