# title: conntrack match options
# area: conntrack
# ipv6: off

ip netns add c
ip netns add r
ip netns add s
ip link add eth0 netns c type veth peer name rc netns r
ip -n c addr add 10.1.0.2/24 dev eth0
ip -n r addr add 10.1.0.1/24 dev rc
ip -n c link set eth0 up
ip -n c link set lo up
ip -n r link set rc up
ip -n r link set lo up
ip link add eth0 netns s type veth peer name rs netns r
ip -n s addr add 10.2.0.2/24 dev eth0
ip -n r addr add 10.2.0.1/24 dev rs
ip -n s link set eth0 up
ip -n s link set lo up
ip -n r link set rs up
ip -n c route add default via 10.1.0.1
ip -n s route add default via 10.2.0.1
ip netns exec r sysctl -w net.ipv4.ip_forward=1
ip netns exec r iptables -t nat -A PREROUTING -d 10.1.0.1 -p udp --dport 53 -j DNAT --to-destination 10.2.0.2:5353
ip netns exec r iptables -t nat -A POSTROUTING -o rs -j MASQUERADE
ip netns exec s serve -u 5353 dns > /dev/null 2>&1 &
sleep 0.3
ip netns exec r iptables -A FORWARD -m conntrack --ctstate DNAT
ip netns exec r iptables -A FORWARD -m conntrack --ctstate SNAT
ip netns exec r iptables -A FORWARD -m conntrack ! --ctstate DNAT
ip netns exec r iptables -A FORWARD -m conntrack --ctproto udp
ip netns exec r iptables -A FORWARD -m conntrack --ctorigdst 10.1.0.1
ip netns exec r iptables -A FORWARD -m conntrack --ctorigsrc 10.1.0.0/24
ip netns exec r iptables -A FORWARD -m conntrack --ctreplsrc 10.2.0.2
ip netns exec r iptables -A FORWARD -m conntrack --ctrepldst 10.2.0.1
ip netns exec r iptables -A FORWARD -m conntrack --ctorigdstport 53
ip netns exec r iptables -A FORWARD -m conntrack --ctreplsrcport 5353
ip netns exec r iptables -A FORWARD -m conntrack --ctdir REPLY
ip netns exec r iptables -A FORWARD -m conntrack --ctdir ORIGINAL
ip netns exec r iptables -A FORWARD -m conntrack --ctstatus SEEN_REPLY
ip netns exec r iptables -A FORWARD -m conntrack --ctstatus CONFIRMED
ip netns exec r iptables -A FORWARD -m conntrack --ctstatus NONE
ip netns exec r iptables -A FORWARD -m conntrack --ctexpire 1:40
ip netns exec r iptables -A FORWARD -m state --state ESTABLISHED
ip netns exec r iptables -A FORWARD -m connbytes --connbytes 2 --connbytes-dir both --connbytes-mode packets
ip netns exec r iptables -A FORWARD -m helper --helper ftp
ip netns exec r iptables -A FORWARD -p udp -m connlimit --connlimit-above 1
ip netns exec r sysctl net.netfilter.nf_conntrack_acct
echo q | ip netns exec c nc -u -w 1 -p 7000 10.1.0.1 53
echo q | ip netns exec c nc -u -w 1 -p 7001 10.1.0.1 53
ip netns exec c ping -c 2 -i 0.2 -q 10.2.0.2
ip netns exec r iptables -L FORWARD -v -n -x
