# fails: all-pairs, static-entry, without-asking
ip addr add ${subnet.cidr(10)} dev eth0
ip neigh add ${subnet.host(30)} lladdr 02:00:00:00:01:02 dev eth0 nud permanent
# answer: unused host
# on: host2
ip addr add ${subnet.cidr(20)} dev eth0
