# fails: host1-knows, host2-knows, path-mtu, headers
# answer: first-time router1
# answer: second-time host1
# answer: path-mtu 1500
# answer: headers 0
ping -c1 -M do -s 1472 10.2.0.10
