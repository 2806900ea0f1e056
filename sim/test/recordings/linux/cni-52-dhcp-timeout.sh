# title: dhcp without a server, and with a short lease that is renewed
# area: cni
# ipv6: off
ip link set lo up
ip netns add srv
ip netns add c1
ip link add eth0 netns c1 address 02:00:00:00:00:21 type veth peer name s1 netns srv
ip -n srv addr add 10.9.0.1/24 dev s1
ip -n srv link set s1 address 02:00:00:00:00:02
ip -n srv link set s1 up
ip -n c1 link set eth0 up
export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1
echo '{"cniVersion":"1.0.0","name":"lan","type":"x","ipam":{"type":"dhcp"}}' > /tmp/a
/usr/lib/cni/dhcp daemon -timeout 1s -resendmax 1s > /tmp/daemon.log 2>&1 &
sleep 0.5
CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/a
sed 's/^[0-9/]* [0-9:]* //; s/[0-9.]* seconds/N seconds/' /tmp/daemon.log
> /tmp/daemon.log
ip netns exec srv dnsmasq --port=0 --interface=s1 --bind-interfaces --dhcp-range=10.9.0.50,10.9.0.60,2m --dhcp-option=58,3 --dhcp-option=59,20 --dhcp-leasefile=/tmp/leases --pid-file=/tmp/dnsmasq.pid --log-facility=/tmp/dnsmasq.log --user=root
CNI_COMMAND=ADD /usr/lib/cni/dhcp < /tmp/a
sleep 8
sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq[^:]*\[[0-9]*\]/dnsmasq/; s/dnsmasq-dhcp\[[0-9]*\]/dnsmasq-dhcp/' /tmp/dnsmasq.log
kill %1
kill $(cat /tmp/dnsmasq.pid)
sleep 0.2
tail -2 /tmp/dnsmasq.log | sed 's/^[A-Z][a-z]* *[0-9]* [0-9:]* //; s/dnsmasq[^:]*\[[0-9]*\]/dnsmasq/'
ls /tmp
ip netns exec srv dnsmasq --port=0 --dhcp-range=10.9.0.50
ip netns exec srv dnsmasq --port=0 --dhcp-range=10.9.0.60,10.9.0.50
ip netns exec srv dnsmasq --port=0 --dhcp-range=x,y
ip netns exec srv dnsmasq --port=0 --dhcp-option=bogus,1
ip netns exec srv dnsmasq --port=0 --dhcp-host=zz
ip netns exec srv dnsmasq --port=0 --dhcp-range=10.9.0.50,10.9.0.60,5
ip netns exec srv dnsmasq --port=0 --interface=nope --bind-interfaces --dhcp-range=10.9.0.50,10.9.0.60
