# fails: host1-to-host2, host2-to-host1, routed
# answer: destination-mac router
ip addr add ${left.cidr(10)} dev eth0
ip route add default via ${left.host(1)}
# on: router1
ip addr add ${left.cidr(1)} dev eth0
ip addr add ${right.cidr(1)} dev eth1
# on: host2
ip addr add ${right.cidr(10)} dev eth0
ip route add default via ${right.host(1)}
