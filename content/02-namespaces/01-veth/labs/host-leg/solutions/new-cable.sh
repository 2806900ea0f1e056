ip netns del old
sleep 1
ip link add to-web type veth peer name uplink netns web
ip addr add ${subnet.cidr(1)} dev to-web
ip link set to-web up
ip -n web addr add ${subnet.cidr(2)} dev uplink
ip -n web link set uplink up
ip -n web route add default dev uplink via ${subnet.host(1)}
