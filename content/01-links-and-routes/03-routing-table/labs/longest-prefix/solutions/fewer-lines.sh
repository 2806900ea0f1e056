# The default route covers the wide range as well.
ip route add default via 192.168.7.1 dev eth0
ip route add ${wide.host(2304)}/24 via 192.168.7.2 metric 500
ip route add prohibit 203.0.113.0/24
# answer: metric-or-length 192.168.7.2
