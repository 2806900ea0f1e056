# answer: asks-how ns
ip addr add ${left.cidr(16)} dev eth0
# on: router1
ip addr add ${left.cidr(1)} dev eth0
ip addr add ${right.cidr(1)} dev eth1
# on: host2
ip addr add ${right.cidr(16)} dev eth0
# on: router1
echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
sleep 3
# on: host1
ip route add ${right} via ${left.host(1)} dev eth0
# on: host2
ip route add ${left} via ${right.host(1)} dev eth0
