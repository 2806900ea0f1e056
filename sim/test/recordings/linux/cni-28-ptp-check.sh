# title: ptp: CHECK, DEL twice, errors
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1
ip netns add c1
cat > /tmp/p.conf <<END
{ "cniVersion": "0.4.0", "name": "ptpnet", "type": "ptp", "ipam": { "type": "host-local", "subnet": "10.23.0.0/24", "routes": [ { "dst": "0.0.0.0/0" } ] } }
END

CNI_COMMAND=ADD /usr/lib/cni/ptp < /tmp/p.conf | tee /tmp/r
jq '. + { prevResult: input }' /tmp/p.conf /tmp/r > /tmp/c.conf
CNI_COMMAND=CHECK /usr/lib/cni/ptp < /tmp/c.conf
CNI_COMMAND=CHECK /usr/lib/cni/ptp < /tmp/p.conf
CNI_COMMAND=ADD /usr/lib/cni/ptp < /tmp/p.conf
ip -n c1 link set eth0 address 02:00:00:00:00:01
CNI_COMMAND=CHECK /usr/lib/cni/ptp < /tmp/c.conf
CNI_COMMAND=DEL /usr/lib/cni/ptp < /tmp/p.conf
CNI_COMMAND=CHECK /usr/lib/cni/ptp < /tmp/c.conf
CNI_COMMAND=DEL /usr/lib/cni/ptp < /tmp/p.conf
CNI_COMMAND=ADD CNI_NETNS=/run/netns/no /usr/lib/cni/ptp < /tmp/p.conf
ls /var/lib/cni/networks/ptpnet
sed 's/host-local/none/' /tmp/p.conf | CNI_COMMAND=ADD /usr/lib/cni/ptp
echo '{ "cniVersion": "1.0.0", "name": "x", "type": "ptp" }' | CNI_COMMAND=ADD /usr/lib/cni/ptp
echo '{ "cniVersion": "1.0.0", "name": "x", "type": "ptp", "ipam": { "type": "static", "addresses": [ { "address": "10.1.0.2/24" } ] } }' | CNI_COMMAND=ADD /usr/lib/cni/ptp
CNI_COMMAND=DEL CNI_NETNS= /usr/lib/cni/ptp < /tmp/p.conf
