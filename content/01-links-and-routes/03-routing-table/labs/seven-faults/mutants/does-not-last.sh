# fails: host2-to-host1, stays-repaired, nas-is-there
# answer: cause ${fault}
ip addr flush dev eth0
ip addr add ${left.cidr(10)} dev eth0
ip route replace default via ${left.host(1)}
# on: router1
sysctl -w net.ipv4.ip_forward=1
ip link set eth1 up
ip route flush type blackhole
# on: host2
ip route replace default via ${right.host(1)}
# on: nas
ip addr replace ${left.cidr(10)} dev eth0
