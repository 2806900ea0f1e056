# fails: static-entry, without-asking
ip addr add ${subnet.cidr(10)} dev eth0
# answer: unused host
# on: host2
ip addr add ${subnet.cidr(20)} dev eth0
# on: host1
ping -c1 ${subnet.host(30)}
