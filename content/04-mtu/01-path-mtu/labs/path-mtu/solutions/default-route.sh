# answer: first-time router1
# answer: second-time host1
# answer: path-mtu ${mtu}
# answer: headers 28
ip route replace default via 10.1.0.1 mtu ${mtu}
# on: host2
ip route replace default via 10.2.0.1 mtu ${mtu}
