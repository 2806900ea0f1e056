# fails: own-link-full, own-link-full-2
# answer: first-time router1
# answer: second-time host1
# answer: path-mtu ${mtu}
# answer: headers 28
ip link set eth0 mtu ${mtu}
# on: host2
ip link set eth0 mtu ${mtu}
