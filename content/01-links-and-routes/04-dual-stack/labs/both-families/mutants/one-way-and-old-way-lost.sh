# fails: six, six-back, four-unharmed, asks-how
# answer: asks-how arp
ip addr add ${left.cidr(16)} dev eth0
# on: router1
ip addr add ${left.cidr(1)} dev eth0
ip addr add ${right.cidr(1)} dev eth1
# on: host2
ip addr add ${right.cidr(16)} dev eth0
# on: router1
sysctl -w net.ipv6.conf.all.forwarding=1
# on: host1
ip -6 route add default via ${left.host(1)}
ip route del default
