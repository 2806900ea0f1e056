# answer: destination-mac router
ip addr add ${left.cidr(10)} dev eth0
ip route add ${right} via ${left.host(1)} dev eth0
# on: router1
ip addr add ${left.cidr(1)} dev eth0
ip addr add ${right.cidr(1)} dev eth1
for dev in eth0 eth1; do echo 1 > /proc/sys/net/ipv4/conf/$dev/forwarding; done
# on: host2
ip addr add ${right.cidr(10)} dev eth0
ip route add ${left} via ${right.host(1)}
