# fails: six, six-back
# answer: asks-how ns
ip addr add ${left.cidr(16)} dev eth0
# on: router1
ip addr add ${left.cidr(1)} dev eth0
ip addr add ${right.cidr(1)} dev eth1
# on: host2
ip addr add ${right.cidr(16)} dev eth0
# The sysctl of IPv4 says nothing about IPv6.
# on: router1
sysctl -w net.ipv4.ip_forward=1
sleep 3
# on: host1
ip -6 route add default via ${left.host(1)}
# on: host2
ip -6 route add default via ${right.host(1)}
