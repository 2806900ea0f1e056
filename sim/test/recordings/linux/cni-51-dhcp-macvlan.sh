# title: dhcp behind macvlan; options, routes, DEL and errors of the daemon
# area: cni
# ipv6: off
ip link set lo up
ip link add s0 type veth peer name s1
ip netns add srv
ip link set s1 netns srv
ip link set s0 up
ip -n srv link set s1 address 02:00:00:00:00:02
ip -n srv addr add 10.9.0.1/24 dev s1
ip -n srv link set s1 up
cat > /tmp/dnsmasq.conf <<'CONF'
port=0
interface=s1
bind-interfaces
dhcp-range=10.9.0.50,10.9.0.60,12h
dhcp-option=option:router,10.9.0.254
dhcp-option=121,10.20.0.0/16,10.9.0.253
dhcp-option=3,10.9.0.254
dhcp-host=02:00:00:00:00:11,10.9.0.77,pod1,2h
dhcp-authoritative
dhcp-leasefile=/tmp/leases
log-dhcp
log-facility=/tmp/dnsmasq.log
pid-file=/tmp/dnsmasq.pid
user=root
no-ping
CONF

ip netns exec srv dnsmasq -C /tmp/dnsmasq.conf
/usr/lib/cni/dhcp daemon -pidfile /tmp/dhcp.pid > /tmp/daemon.log 2>&1 &
sleep 0.5
test "$(cat /tmp/dhcp.pid)" = $! && echo same
/usr/lib/cni/dhcp daemon -bogus
/usr/lib/cni/dhcp daemon -h
/usr/lib/cni/dhcp daemon -timeout x
/usr/lib/cni/dhcp
/usr/lib/cni/dhcp foo
CNI_COMMAND=VERSION /usr/lib/cni/dhcp
ip netns add c1
ip link add m0 link s0 type macvlan mode bridge
ip link set m0 address 02:00:00:00:00:11
ip link set m0 netns c1 name eth0
export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1
echo '{"cniVersion":"1.0.0","name":"lan","type":"x","ipam":{"type":"dhcp"}}' > /tmp/a
CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/a
sleep 0.3
sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq[^:]*\[[0-9]*\]/dnsmasq/; s/dnsmasq-dhcp\[[0-9]*\]/dnsmasq-dhcp/; s/: [0-9]* /: /; /requested options/d' /tmp/dnsmasq.log
cut -d' ' -f2- /tmp/leases
CNI_COMMAND=CHECK /usr/lib/cni/dhcp < /tmp/a
CNI_COMMAND=DEL /usr/lib/cni/dhcp < /tmp/a
sleep 0.3
tail -n 4 /tmp/dnsmasq.log | sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq-dhcp\[[0-9]*\]/dnsmasq-dhcp/; s/: [0-9]* /: /'
cat /tmp/leases
CNI_COMMAND=DEL /usr/lib/cni/dhcp < /tmp/a
CNI_IFNAME=eth9 CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/a
CNI_NETNS=/run/netns/none CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/a
echo '{"cniVersion":"1.0.0","name":"lan","type":"x","ipam":{"type":"dhcp","daemonSocketPath":"/run/other.sock"}}' > /tmp/b
CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/b
echo '{"cniVersion":"1.0.0","name":"lan","type":"x","ipam":{"type":"dhcp","provide":[{"option":"bogus","value":"x"}]}}' > /tmp/c
CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/c
echo '{"cniVersion":"1.0.0","name":"lan","type":"x","ipam":{"type":"dhcp","provide":[{"option":"host-name","fromArg":"K8S_POD_NAME"}],"request":[{"option":"routers"},{"option":"121"}]}}' > /tmp/d
CNI_ARGS='K8S_POD_NAME=web;X=1' CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/d
cut -d' ' -f2- /tmp/leases
CNI_COMMAND=DEL /usr/lib/cni/dhcp < /tmp/d
echo '{"cniVersion":"1.0.0","name":"lan","type":"x","ipam":{"type":"dhcp","request":[{"option":"300"}]}}' > /tmp/e
CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/e
sed 's/^[0-9/]* [0-9:]* //; s/[0-9.]* seconds/N seconds/; s/expiration is.*//' /tmp/daemon.log
kill %1
kill $(cat /tmp/dnsmasq.pid)
