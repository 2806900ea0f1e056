# fails: full-to-host2, full-to-host1, lan-keeps-1500
# answer: cause ${fault}
ip link set eth0 mtu 1000
# on: router2
ip link set eth0 mtu 1500
# on: host2
ip link set eth0 mtu 1000
