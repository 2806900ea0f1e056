# title: loopback, broadcast, local REJECT, OUTPUT drop for tcp udp, POSTROUTING
# area: iptables
# ipv6: off
# counters: keep

ip link set lo up
ip netns add s
ip link add eth0 type veth peer name eth0 netns s
ip addr add 10.0.0.1/24 dev eth0
ip -n s addr add 10.0.0.2/24 dev eth0
ip link set eth0 up
ip -n s link set eth0 up
serve 8080 me > /dev/null 2>&1 &
sleep 0.3
iptables -A INPUT -i lo -p tcp --dport 8080 -j REJECT
curl -sS -m 1 http://127.0.0.1:8080/
iptables -R INPUT 1 -i lo -p tcp --dport 8080 -j REJECT --reject-with tcp-reset
curl -sS -m 1 http://127.0.0.1:8080/
iptables -R INPUT 1 -i lo -p tcp --dport 8080 -j DROP
curl -sS -m 1 http://127.0.0.1:8080/
ip netns exec s curl -sS -m 1 http://10.0.0.1:8080/
iptables -F
iptables -A OUTPUT -o lo -j REJECT
curl -sS -m 1 http://127.0.0.1:8080/
ping -c 1 -W 1 127.0.0.1
echo x | nc -u -w 1 127.0.0.1 99
echo "code $?"
iptables -R OUTPUT 1 -d 10.0.0.2 -p udp -j DROP
echo x | nc -u -w 1 10.0.0.2 99
bash -c 'echo x > /dev/udp/10.0.0.2/99'
dig +tries=1 +time=1 @10.0.0.2 example.com
traceroute -n -w 1 -q 1 -m 2 10.0.0.2
iptables -R OUTPUT 1 -d 10.0.0.2 -p udp -j REJECT
dig +tries=1 +time=1 @10.0.0.2 example.com
bash -c 'echo x > /dev/udp/10.0.0.2/99'
traceroute -n -w 1 -q 1 -m 2 10.0.0.2
iptables -R OUTPUT 1 -d 10.0.0.2 -p udp -j REJECT --reject-with icmp-host-prohibited
traceroute -n -w 1 -q 1 -m 2 10.0.0.2
iptables -L OUTPUT -n -v
iptables -F
iptables -t mangle -A POSTROUTING -d 10.0.0.2 -p icmp -j DROP
ping -c 1 -W 1 10.0.0.2
iptables -t mangle -A POSTROUTING -d 10.0.0.2 -p tcp -j DROP
curl -sS -m 1 http://10.0.0.2:8080/
nc -z -v -w 1 10.0.0.2 22
ip netns exec s iptables -A INPUT -m pkttype --pkt-type broadcast -p icmp
ip netns exec s iptables -A INPUT -d 10.0.0.255
ip netns exec s iptables -A INPUT -m addrtype --dst-type BROADCAST
ping -b -c 1 -W 1 10.0.0.255
ip netns exec s iptables -L INPUT -n -v
ip netns exec s iptables -t raw -A PREROUTING -m addrtype --dst-type BROADCAST -j DROP
ip netns exec s sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
ping -b -c 1 -W 1 10.0.0.255
ip netns exec s iptables -t raw -F
ping -b -c 1 -W 1 10.0.0.255
iptables -P INPUT DROP
ping -c 1 -W 1 127.0.0.1
curl -sS -m 1 http://127.0.0.1:8080/
iptables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
iptables -A INPUT -i lo -j ACCEPT
iptables -t mangle -F
curl -sS -m 1 http://127.0.0.1:8080/
ping -c 1 -W 1 10.0.0.2
ip netns exec s ping -c 1 -W 1 10.0.0.1
iptables -L INPUT -n -v
