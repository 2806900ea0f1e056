# title: the dhcp plugin as IPAM of bridge, with dnsmasq as server
# area: cni
# ipv6: off
ip link set lo up
ip link add br0 type bridge
ip link set br0 address 02:00:00:00:00:01
ip link set br0 up
ip netns add srv
ip link add s0 type veth peer name eth0 netns srv
ip link set s0 master br0 up
ip -n srv link set eth0 address 02:00:00:00:00:02
ip -n srv addr add 10.9.0.1/24 dev eth0
ip -n srv link set eth0 up
ip netns exec srv dnsmasq --port=0 --interface=eth0 --bind-interfaces --dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,1h --dhcp-option=option:router,10.9.0.1 --dhcp-authoritative --dhcp-leasefile=/tmp/leases --pid-file=/tmp/dnsmasq.pid --log-facility=/tmp/dnsmasq.log --no-ping --user=root
sleep 0.5
cat > /tmp/net.conf <<'CONF'
{"cniVersion":"0.4.0","name":"lan","type":"bridge","bridge":"br0","ipam":{"type":"dhcp"}}
CONF

ip netns add c1
export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1
CNI_COMMAND=ADD /usr/lib/cni/bridge < /tmp/net.conf
ls /run/cni
/usr/lib/cni/dhcp daemon > /tmp/daemon.log 2>&1 &
sleep 0.5
ls /run/cni
CNI_COMMAND=ADD /usr/lib/cni/bridge < /tmp/net.conf
ip -n c1 addr show eth0
ip -n c1 route
sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq[^:]*\[[0-9]*\]/dnsmasq/; s/dnsmasq-dhcp\[[0-9]*\]/dnsmasq-dhcp/; s/..:..:..:..:..:../MAC/; s/10.9.0.5[0-9] MAC/10.9.0.5N MAC/' /tmp/dnsmasq.log
cut -d' ' -f3- /tmp/leases
sed 's/^[0-9/]* [0-9:]* //; s/[0-9.]* seconds/N seconds/; s/expiration is.*//' /tmp/daemon.log
CNI_COMMAND=CHECK /usr/lib/cni/bridge < /tmp/net.conf
ip netns exec c1 ping -c1 -W1 10.9.0.1
CNI_COMMAND=DEL /usr/lib/cni/bridge < /tmp/net.conf
ip -n c1 addr show eth0
sleep 0.5
sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq[^:]*\[[0-9]*\]/dnsmasq/; s/dnsmasq-dhcp\[[0-9]*\]/dnsmasq-dhcp/; s/..:..:..:..:..:../MAC/; s/10.9.0.5[0-9] MAC/10.9.0.5N MAC/' /tmp/dnsmasq.log
sed 's/^[0-9/]* [0-9:]* //; s/[0-9.]* seconds/N seconds/; s/expiration is.*//' /tmp/daemon.log
kill %1
sleep 0.3
ls /run/cni
CNI_COMMAND=DEL /usr/lib/cni/bridge < /tmp/net.conf
kill $(cat /tmp/dnsmasq.pid)
