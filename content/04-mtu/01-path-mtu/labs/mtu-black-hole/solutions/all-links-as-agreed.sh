# answer: cause ${fault}
sysctl -w net.ipv4.conf.all.rp_filter=2
# on: router1
iptables -I FORWARD -p icmp --icmp-type fragmentation-needed -j ACCEPT
# on: router2
ip link set eth0 mtu 1500
ip link set eth1 mtu ${segment}
# on: router3
ip link set eth0 mtu ${segment}
