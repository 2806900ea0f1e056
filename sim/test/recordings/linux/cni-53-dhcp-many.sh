# title: dhcp with an exhausted range, static hosts, tags, and leases as options say
# area: cni
# ipv6: off
ip link set lo up
ip link add br0 type bridge
ip link set br0 up
ip addr add 10.9.0.1/24 dev br0
dnsmasq --port=0 --interface=br0 --bind-interfaces --dhcp-range=10.9.0.50,10.9.0.51,255.255.255.0,30m --dhcp-host=02:00:00:00:00:33,set:blue,10.9.0.99,web --dhcp-option=tag:blue,option:router,10.9.0.254 --dhcp-option=option:dns-server,10.9.0.53,1.1.1.1 --dhcp-option=33,10.0.0.0,10.9.0.8 --dhcp-leasefile=/tmp/leases --pid-file=/tmp/dnsmasq.pid --log-facility=/tmp/dnsmasq.log --no-ping --user=root
/usr/lib/cni/dhcp daemon -timeout 500ms -resendmax 1s > /tmp/daemon.log 2>&1 &
sleep 0.3
ip netns add c1
ip netns add c2
ip netns add c3
ip link add eth0 netns c1 address 02:00:00:00:00:11 type veth peer name v1
ip link add eth0 netns c2 address 02:00:00:00:00:22 type veth peer name v2
ip link add eth0 netns c3 address 02:00:00:00:00:33 type veth peer name v3
ip link set v1 master br0 up
ip link set v2 master br0 up
ip link set v3 master br0 up
ip -n c1 link set eth0 up
ip -n c2 link set eth0 up
ip -n c3 link set eth0 up
export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0
echo '{"cniVersion":"0.3.1","name":"lan","type":"x","ipam":{"type":"dhcp","request":[{"option":"33"}]}}' > /tmp/a
echo '{"cniVersion":"0.2.0","name":"lan","type":"x","ipam":{"type":"dhcp","request":[{"skipDefault":true,"option":"subnet-mask"}]}}' > /tmp/b
CNI_COMMAND=ADD CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 /usr/lib/cni/dhcp < /tmp/a
CNI_COMMAND=ADD CNI_CONTAINERID=c2 CNI_NETNS=/run/netns/c2 /usr/lib/cni/dhcp < /tmp/b
CNI_COMMAND=ADD CNI_CONTAINERID=c3 CNI_NETNS=/run/netns/c3 /usr/lib/cni/dhcp < /tmp/a
cut -d' ' -f2- /tmp/leases
ip netns add c4
ip link add eth0 netns c4 address 02:00:00:00:00:44 type veth peer name v4
ip link set v4 master br0 up
ip -n c4 link set eth0 up
CNI_COMMAND=ADD CNI_CONTAINERID=c4 CNI_NETNS=/run/netns/c4 /usr/lib/cni/dhcp < /tmp/a
CNI_COMMAND=DEL CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 /usr/lib/cni/dhcp < /tmp/a
sleep 0.2
CNI_COMMAND=ADD CNI_CONTAINERID=c4 CNI_NETNS=/run/netns/c4 /usr/lib/cni/dhcp < /tmp/a
cut -d' ' -f2- /tmp/leases
sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq[^:]*\[[0-9]*\]/dnsmasq/; s/dnsmasq-dhcp\[[0-9]*\]/dnsmasq-dhcp/; s/: [0-9]* /: /' /tmp/dnsmasq.log
sed 's/^[0-9/]* [0-9:]* //; s/[0-9.]* seconds/N seconds/; s/expiration is.*//' /tmp/daemon.log
sleep 0.3
sleep 0.5
kill %1
kill $(cat /tmp/dnsmasq.pid)
