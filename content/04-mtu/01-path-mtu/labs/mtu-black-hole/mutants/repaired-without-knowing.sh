# fails: cause
ip link del docker0
# on: router2
ip link set eth0 mtu 1500
ip link set eth1 mtu ${segment}
# on: router3
ip link set eth0 mtu ${segment}
