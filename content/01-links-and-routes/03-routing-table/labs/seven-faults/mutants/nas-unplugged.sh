# fails: nas-is-there
# answer: cause ${fault}
ip addr flush dev eth0
ip addr add ${left.cidr(10)} dev eth0
ip route replace default via ${left.host(1)}
# on: router1
sysctl -w net.ipv4.ip_forward=1
ip link set eth0 up; ip link set eth1 up
ip route flush type blackhole
ip route add ${left.network}/28 dev eth0
# on: host2
ip route replace default via ${right.host(1)}
# on: nas
ip addr flush dev eth0
ip addr add ${left.cidr(30)} dev eth0
ip link set eth0 down
