# title: sets seen by packets: timeouts, counters, nets, ports, SET
# area: iptables
# ipv6: off
# counters: keep
ip netns add a
ip link add veth0 type veth peer name eth0 netns a
ip addr add 10.0.0.1/24 dev veth0
ip link set veth0 up
ip -n a addr add 10.0.0.2/24 dev eth0
ip -n a addr add 10.0.0.3/24 dev eth0
ip -n a link set eth0 up
ipset create good hash:ip counters
ipset add good 10.0.0.2
iptables -A INPUT -m set --match-set good src -j ACCEPT
iptables -A INPUT -i veth0 -j DROP
ip netns exec a ping -c 2 -W 1 10.0.0.1 | grep packets
ip netns exec a ping -c 1 -W 1 -I 10.0.0.3 10.0.0.1 | grep packets
ipset list good | grep '^10'
iptables -nvL INPUT
ipset add good 10.0.0.3
ip netns exec a ping -c 1 -W 1 -I 10.0.0.3 10.0.0.1 | grep packets
ipset flush good
ip netns exec a ping -c 1 -W 1 10.0.0.1 | grep packets
iptables -F
ipset create seen hash:ip timeout 3
iptables -A INPUT -i veth0 -j SET --add-set seen src --exist
ip netns exec a ping -c 1 -W 1 10.0.0.1 | grep packets
ipset list seen | grep -c '^10.0.0.2 timeout'
sleep 4
ipset list seen | grep -c '^10.0.0.2'
iptables -F
ipset create nets hash:net
ipset add nets 10.0.0.0/24
ipset add nets 10.0.0.3 nomatch
iptables -A INPUT -i veth0 -m set --match-set nets src -j ACCEPT
iptables -A INPUT -i veth0 -j DROP
ip netns exec a ping -c 1 -W 1 10.0.0.1 | grep packets
ip netns exec a ping -c 1 -W 1 -I 10.0.0.3 10.0.0.1 | grep packets
iptables -F
ipset create svc hash:ip,port
ipset add svc 10.0.0.1,tcp:8080
ipset add svc 10.0.0.1,icmp:echo-request
iptables -A INPUT -i veth0 -m set --match-set svc dst,dst -j ACCEPT
iptables -A INPUT -i veth0 -j REJECT
serve 8080 one & serve 8081 two &
sleep 0.3
ip netns exec a curl -sS -m 1 http://10.0.0.1:8080/
ip netns exec a curl -sS -m 1 http://10.0.0.1:8081/
ip netns exec a ping -c 1 -W 1 10.0.0.1 | grep packets
ipset create both list:set
ipset add both svc
ipset create ifs hash:net,iface
ipset add ifs 10.0.0.0/24,veth0
iptables -I INPUT -m set --match-set ifs src,src -p tcp --dport 8081 -j ACCEPT
ip netns exec a curl -sS -m 1 http://10.0.0.1:8081/
ipset del ifs 10.0.0.0/24,veth0
ipset add ifs 10.0.0.0/24,eth9
ip netns exec a curl -sS -m 1 http://10.0.0.1:8081/
iptables -I INPUT -m set ! --match-set both dst,dst -p tcp --dport 8081 -j ACCEPT
ip netns exec a curl -sS -m 1 http://10.0.0.1:8081/
iptables -S INPUT
ipset create m bitmap:port range 8000-9000
ipset add m 8081
iptables -I INPUT -p tcp -m set --match-set m dst -j DROP
ip netns exec a curl -sS -m 1 http://10.0.0.1:8081/
ipset swap svc svc
ipset create svc2 hash:ip,port
ipset swap svc svc2
ipset list -n
ipset list svc2 | grep '^10' | sort
ip netns exec a ping -c 1 -W 1 10.0.0.1 | grep packets
kill %1 %2
