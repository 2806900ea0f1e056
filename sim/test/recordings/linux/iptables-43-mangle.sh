# title: TCPMSS, TTL, TOS, MARK routing, rpfilter
# area: iptables
# ipv6: off
# counters: keep

for n in c r s; do ip netns add $n; ip -n $n link set lo up; done
ip link add eth0 netns c type veth peer name eth0 netns r
ip link add eth1 netns r type veth peer name eth0 netns s
ip link add eth2 netns r type veth peer name eth1 netns s
ip -n c addr add 10.0.1.2/24 dev eth0
ip -n r addr add 10.0.1.1/24 dev eth0
ip -n r addr add 10.0.2.1/24 dev eth1
ip -n r addr add 10.0.3.1/24 dev eth2
ip -n s addr add 10.0.2.2/24 dev eth0
ip -n s addr add 10.0.3.2/24 dev eth1
ip -n c link set eth0 up
ip -n r link set eth0 up
ip -n r link set eth1 up
ip -n r link set eth2 up
ip -n s link set eth0 up
ip -n s link set eth1 up
ip -n c route add default via 10.0.1.1
ip -n s route add default via 10.0.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec s serve 8080 s > /dev/null 2>&1 &
ip netns exec s tcpdump -l -nn -i any -s 0 'tcp[tcpflags] & tcp-syn != 0' > /tmp/s.txt 2>/dev/null &
sleep 1
ip netns exec r iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1000
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
sleep 0.5
grep -o 'Flags.*mss [0-9]*' /tmp/s.txt | sed 's/seq.*options/options/'
ip -n r link set eth1 mtu 1300
ip netns exec r iptables -t mangle -R FORWARD 1 -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
ip netns exec c curl -sS -m 2 http://10.0.2.2:8080/
sleep 0.5
grep -o 'Flags.*mss [0-9]*' /tmp/s.txt | sed 's/seq.*options/options/'
ip netns exec r iptables -t mangle -L FORWARD -n -v
ip netns exec r iptables -t mangle -A PREROUTING -i eth0 -j TTL --ttl-set 1
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -t mangle -F PREROUTING
ip netns exec r iptables -t mangle -A POSTROUTING -p icmp -j TTL --ttl-inc 5
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -t mangle -A POSTROUTING -p icmp -j TTL --ttl-dec 60
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -t mangle -F
ip netns exec s iptables -A INPUT -m dscp --dscp-class ef
ip netns exec s iptables -A INPUT -m tos --tos 0x10
ip netns exec r iptables -t mangle -A FORWARD -p icmp -j DSCP --set-dscp-class ef
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec r iptables -t mangle -R FORWARD 1 -p icmp -j TOS --set-tos 0x10
ip netns exec c ping -c 1 -W 1 10.0.2.2
ip netns exec s iptables -L INPUT -n -v
ip -n r rule add fwmark 7 table 100
ip -n r route add default via 10.0.3.2 table 100
ip -n s addr add 10.9.9.9/32 dev lo
ip netns exec c ping -c 1 -W 1 10.9.9.9
ip netns exec r iptables -t mangle -A PREROUTING -d 10.9.9.9 -j MARK --set-mark 7
ip netns exec c ping -c 1 -W 1 10.9.9.9
ip netns exec r iptables -t mangle -A OUTPUT -d 10.9.9.9 -j MARK --set-mark 7
ip netns exec r ping -c 1 -W 1 10.9.9.9
ip -n r route add 10.9.9.0/24 via 10.0.2.2
ip netns exec r ping -c 1 -W 1 10.9.9.9
ip netns exec r iptables -A OUTPUT -o eth1 -d 10.9.9.9
ip netns exec r iptables -A OUTPUT -o eth2 -d 10.9.9.9
ip netns exec r iptables -t mangle -A POSTROUTING -o eth1 -d 10.9.9.9
ip netns exec r iptables -t mangle -A POSTROUTING -o eth2 -d 10.9.9.9 -m mark --mark 0x7/0xff
ip netns exec r ping -c 1 -W 1 10.9.9.9
ip netns exec r iptables -L OUTPUT -n -v
ip netns exec r iptables -t mangle -L POSTROUTING -n -v
ip netns exec s iptables -t raw -A PREROUTING -m rpfilter --invert -j DROP
ip netns exec c ping -c 1 -W 1 10.9.9.9
ip netns exec s iptables -t raw -L PREROUTING -n -v
ip netns exec s iptables -t raw -R PREROUTING 1 -m rpfilter --loose --invert -j DROP
ip netns exec c ping -c 1 -W 1 10.9.9.9
ip netns exec c iptables -A OUTPUT -m owner --uid-owner 0 -p icmp
ip netns exec c iptables -A OUTPUT -m owner ! --uid-owner 0 -p icmp
ip netns exec c iptables -A OUTPUT -m owner --uid-owner 1000 -p icmp
ip netns exec c iptables -A OUTPUT -m owner --socket-exists -p icmp
ip netns exec c ping -c 1 -W 1 10.0.1.1
ip netns exec s ping -c 1 -W 1 10.0.1.2
ip netns exec c iptables -L OUTPUT -n -v
