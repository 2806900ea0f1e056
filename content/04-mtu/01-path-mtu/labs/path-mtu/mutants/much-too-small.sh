# fails: host1-knows, host2-knows, largest-passes, first-time, second-time
# answer: first-time router2
# answer: second-time router1
# answer: path-mtu ${mtu}
# answer: headers 28
ip route replace default via 10.1.0.1 mtu 1000
# on: host2
ip route replace default via 10.2.0.1 mtu 1000
