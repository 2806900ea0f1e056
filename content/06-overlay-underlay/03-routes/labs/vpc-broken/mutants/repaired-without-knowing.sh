# fails: cause
# on: vpc
ip route flush root ${pods2}
ip route replace ${pods1} via 10.0.1.11
ip route replace ${pods2} via 10.0.2.12
ip rule add pref 50 iif eth0 from ${pods1} lookup main
ip rule add pref 51 iif eth1 from ${pods2} lookup main
# on: node02
sysctl -w net.ipv4.ip_forward=1
