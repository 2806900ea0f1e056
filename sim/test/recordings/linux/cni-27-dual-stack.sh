# title: two families on one bridge and on ptp
# area: cni
# settle: 0.4

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0
ip netns add c1
ip netns add c2
cat > /tmp/d.conf <<END
{ "cniVersion": "1.0.0", "name": "dual", "type": "bridge", "bridge": "cni0", "isDefaultGateway": true,
  "ipam": { "type": "host-local", "ranges": [ [ { "subnet": "10.22.0.0/24" } ], [ { "subnet": "fd00:22::/64" } ] ] } }
END

CNI_COMMAND=ADD CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 /usr/lib/cni/bridge < /tmp/d.conf > /tmp/r1
jq -c '.ips, .routes' /tmp/r1
CNI_COMMAND=ADD CNI_CONTAINERID=c2 CNI_NETNS=/run/netns/c2 /usr/lib/cni/bridge < /tmp/d.conf > /tmp/r2
jq -c '.ips, .routes' /tmp/r2
ip -n c1 -6 route
ip -n c1 -6 -o addr show eth0 scope global
ip -6 -o addr show cni0 scope global
sysctl net.ipv6.conf.all.forwarding net.ipv4.ip_forward
ip netns exec c1 ping -c 1 -W 2 fd00:22::1
ip netns exec c1 ping -c 1 -W 2 fd00:22::3
jq '. + { prevResult: input }' /tmp/d.conf /tmp/r1 > /tmp/c.conf
CNI_COMMAND=CHECK CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 /usr/lib/cni/bridge < /tmp/c.conf
ip -n c1 -6 route del default
CNI_COMMAND=CHECK CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 /usr/lib/cni/bridge < /tmp/c.conf
CNI_COMMAND=DEL CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 /usr/lib/cni/bridge < /tmp/d.conf
ls /var/lib/cni/networks/dual
ip netns add c3
echo '{ "cniVersion": "1.0.0", "name": "p", "type": "ptp", "ipam": { "type": "host-local", "subnet": "fd00:33::/64", "routes": [ { "dst": "::/0" } ] } }' > /tmp/p.conf
CNI_COMMAND=ADD CNI_CONTAINERID=c3 CNI_NETNS=/run/netns/c3 /usr/lib/cni/ptp < /tmp/p.conf | jq -c '.ips,.routes'
ip -n c3 -6 route
ip -6 route | grep fd00:33
ip netns exec c3 ping -c 1 -W 2 fd00:33::1
CNI_COMMAND=DEL CNI_CONTAINERID=c3 CNI_NETNS=/run/netns/c3 /usr/lib/cni/ptp < /tmp/p.conf
