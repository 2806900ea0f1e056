# title: kube-like chains: services, marks, masquerade, node port
# area: iptables
# ipv6: off
# counters: keep

ip link set lo up
sysctl -w net.ipv4.ip_forward=1
ip link add br0 type bridge
ip addr add 10.244.0.1/24 dev br0
ip link set br0 up
for i in 2 3; do ip netns add p$i; ip link add v$i type veth peer name eth0 netns p$i; ip link set v$i master br0 up; ip -n p$i addr add 10.244.0.$i/24 dev eth0; ip -n p$i link set eth0 up; ip -n p$i link set lo up; ip -n p$i route add default via 10.244.0.1; done
ip netns add out
ip link add eth1 type veth peer name eth0 netns out
ip addr add 192.168.9.1/24 dev eth1
ip link set eth1 up
ip -n out addr add 192.168.9.2/24 dev eth0
ip -n out link set eth0 up
ip netns exec p2 serve 8080 p2 > /dev/null 2>&1 &
ip netns exec p3 serve 8080 p3 > /dev/null 2>&1 &
sleep 0.5
iptables-restore <<X
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-SVC - [0:0]
:KUBE-SEP2 - [0:0]
:KUBE-SEP3 - [0:0]
:KUBE-MARK - [0:0]
:KUBE-POST - [0:0]
:KUBE-NODEPORTS - [0:0]
-A PREROUTING -j KUBE-SERVICES
-A OUTPUT -j KUBE-SERVICES
-A POSTROUTING -j KUBE-POST
-A KUBE-MARK -j MARK --or-mark 0x4000
-A KUBE-POST -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POST -j MARK --xor-mark 0x4000
-A KUBE-POST -j MASQUERADE --random-fully
-A KUBE-SERVICES -d 10.96.0.10/32 -p tcp -m comment --comment "default/web" -m tcp --dport 80 -j KUBE-SVC
-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
-A KUBE-NODEPORTS -p tcp -m tcp --dport 30080 -j KUBE-MARK
-A KUBE-NODEPORTS -p tcp -m tcp --dport 30080 -j KUBE-SVC
-A KUBE-SVC ! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j KUBE-MARK
-A KUBE-SVC -m statistic --mode nth --every 2 --packet 0 -j KUBE-SEP2
-A KUBE-SVC -j KUBE-SEP3
-A KUBE-SEP2 -s 10.244.0.2/32 -j KUBE-MARK
-A KUBE-SEP2 -p tcp -m tcp -j DNAT --to-destination 10.244.0.2:8080
-A KUBE-SEP3 -s 10.244.0.3/32 -j KUBE-MARK
-A KUBE-SEP3 -p tcp -m tcp -j DNAT --to-destination 10.244.0.3:8080
COMMIT
X

for i in v2 v3; do ip link set $i type bridge_slave hairpin on; done
ip netns exec p2 curl -sS -m 2 http://10.96.0.10/
ip netns exec p2 curl -sS -m 2 http://10.96.0.10/
ip netns exec p3 curl -sS -m 2 http://10.96.0.10/
ip netns exec p3 curl -sS -m 2 http://10.96.0.10/
ip route add 10.96.0.0/16 dev br0
curl -sS -m 2 http://10.96.0.10/
curl -sS -m 2 http://10.96.0.10/
ip netns exec out curl -sS -m 2 http://192.168.9.1:30080/
ip netns exec out curl -sS -m 2 http://192.168.9.1:30080/
curl -sS -m 2 http://192.168.9.1:30080/
curl -sS -m 2 http://127.0.0.1:30080/
sysctl -w net.ipv4.conf.all.route_localnet=1
curl -sS -m 2 http://127.0.0.1:30080/
iptables -t nat -L -n -v
iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP
iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables -A FORWARD -m mark --mark 0x4000/0x4000 -j ACCEPT
iptables -A FORWARD -j REJECT
ip netns exec out curl -sS -m 2 http://192.168.9.1:30080/
ip netns exec p2 curl -sS -m 2 http://10.244.0.3:8080/
iptables -L FORWARD -n -v
iptables -t filter -A OUTPUT -d 10.96.0.11 -p tcp --dport 80 -j REJECT
iptables -t filter -I FORWARD -d 10.96.0.11 -p tcp --dport 80 -j REJECT
curl -sS -m 2 http://10.96.0.11/
ip netns exec p2 curl -sS -m 2 http://10.96.0.11/
