# With only two nodes, each may be the other's way to everywhere.
echo 1 > /proc/sys/net/ipv4/ip_forward
ip route add default via 192.168.0.12
# on: node02
echo 1 > /proc/sys/net/ipv4/conf/all/forwarding
ip route add default via 192.168.0.11 dev eth0
# answer: predict-ttl 62
