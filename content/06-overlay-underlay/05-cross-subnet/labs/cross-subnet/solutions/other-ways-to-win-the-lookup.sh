# answer: which-pairs across
ip route add 10.244.2.0/25 via 192.168.1.12
ip route add 10.244.2.128/25 via 192.168.1.12
# on: node02
ip rule add pref 100 to 10.244.1.0/24 lookup 100
ip route add 10.244.1.0/24 via 192.168.1.11 table 100
