# fails: host2-knows
# answer: first-time router1
# answer: second-time host1
# answer: path-mtu ${mtu}
# answer: headers 28
ip route replace default via 10.1.0.1 mtu ${mtu}
