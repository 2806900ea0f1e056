# fails: refused
ip route add default via 192.168.7.1
ip route add ${wide.host(2304)}/24 via 192.168.7.2
# answer: metric-or-length 192.168.7.2
