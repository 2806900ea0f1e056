# fails: cause
bridge fdb del 02:00:00:00:00:03 dev veth-green master 2>/dev/null
ip link set veth-blue master br0 up
for dev in veth-red veth-blue; do bridge link set dev $dev isolated off; done
ip -n blue addr flush dev eth0
ip -n blue addr add ${subnet.cidr(3)} dev eth0
