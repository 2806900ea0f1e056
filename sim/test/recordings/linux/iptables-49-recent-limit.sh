# title: recent, limit and hashlimit in many forms
# area: iptables
# ipv6: off
# counters: keep

ip netns add c
ip netns add s
ip link add eth0 netns c type veth peer name eth0 netns s
ip -n c addr add 10.0.0.1/24 dev eth0
ip -n s addr add 10.0.0.2/24 dev eth0
ip -n c link set eth0 up
ip -n s link set eth0 up
ip netns exec s serve 8080 s > /dev/null 2>&1 &
sleep 0.3
ip netns exec s iptables -A INPUT -p tcp --dport 8080 --syn -m recent --name web --set
ip netns exec s iptables -A INPUT -p tcp --dport 8080 --syn -m recent --name web --update --seconds 3 --hitcount 4 -j REJECT --reject-with tcp-reset
for i in 1 2 3 4 5; do ip netns exec c curl -sS -m 1 http://10.0.0.2:8080/; done
sleep 3.5
ip netns exec c curl -sS -m 1 http://10.0.0.2:8080/
ip netns exec s iptables -L INPUT -n -v
ip netns exec s iptables -F
ip netns exec s iptables -A INPUT -p icmp -m recent --name k --rcheck -j ACCEPT
ip netns exec s iptables -A INPUT -p tcp --dport 1111 -m recent --name k --set -j DROP
ip netns exec s iptables -A INPUT -p tcp --dport 2222 -m recent --name k --remove -j DROP
ip netns exec s iptables -A INPUT -p icmp -j DROP
ip netns exec c ping -c 1 -W 1 10.0.0.2
ip netns exec c nc -z -w 1 10.0.0.2 1111
ip netns exec c ping -c 1 -W 1 10.0.0.2
ip netns exec c nc -z -w 1 10.0.0.2 2222
ip netns exec c ping -c 1 -W 1 10.0.0.2
ip netns exec s iptables -F
ip netns exec s iptables -A INPUT -p icmp -m recent --name m --mask 255.255.255.0 --set
ip netns exec s iptables -A INPUT -p icmp -m recent --name m --mask 255.255.255.0 ! --rcheck --hitcount 3 -j ACCEPT
ip netns exec s iptables -A INPUT -p icmp -j DROP
ip netns exec c ping -c 4 -i 0.2 -W 1 10.0.0.2
ip netns exec s sed 's/last_seen.*//' /proc/net/xt_recent/m
ip netns exec s iptables -F
ip netns exec s iptables -A INPUT -p icmp -m hashlimit --hashlimit-name a --hashlimit-above 2/sec --hashlimit-burst 2 --hashlimit-mode srcip,dstip -j DROP
ip netns exec c ping -c 6 -i 0.2 -W 1 10.0.0.2
sleep 1.2
ip netns exec c ping -c 2 -i 0.2 -W 1 10.0.0.2
ip netns exec s iptables -L INPUT -n -v
ip netns exec s iptables -R INPUT 1 -p icmp -m hashlimit --hashlimit-name b --hashlimit-upto 1kb/s --hashlimit-mode srcip --hashlimit-srcmask 24 -j ACCEPT
ip netns exec s iptables -A INPUT -p icmp -j DROP
ip netns exec c ping -c 4 -i 0.2 -W 1 -s 400 10.0.0.2
ip netns exec s iptables -R INPUT 1 -p icmp -m limit --limit 5/s -j ACCEPT
ip netns exec c ping -c 8 -i 0.1 -W 1 10.0.0.2
ip netns exec s iptables -L INPUT -n -v
ip netns exec s iptables -F
ip netns exec s iptables -A OUTPUT -p icmp -m limit --limit 1/s --limit-burst 2 -j ACCEPT
ip netns exec s iptables -A OUTPUT -p icmp -j DROP
ip netns exec c ping -c 4 -i 0.2 -W 1 10.0.0.2
ip netns exec s iptables -Z OUTPUT
ip netns exec c ping -c 2 -i 0.2 -W 1 10.0.0.2
ip netns exec s iptables -L OUTPUT -n -v
