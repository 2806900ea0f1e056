ip link add br0 type bridge
ip link set br0 up
ip link add veth-red type veth peer name eth0 netns red
ip link set veth-red master br0 up
ip -n red addr add ${subnet.cidr(2)} dev eth0
ip -n red link set eth0 up
ip link add veth-blue type veth peer name eth0 netns blue
ip link set veth-blue master br0 up
ip -n blue addr add ${subnet.cidr(3)} dev eth0
ip -n blue link set eth0 up
ip link add veth-green type veth peer name eth0 netns green
ip link set veth-green master br0 up
ip -n green addr add ${subnet.cidr(4)} dev eth0
ip -n green link set eth0 up
ip addr add ${subnet.cidr(1)} dev br0
ip -n red route add default via ${subnet.host(1)}
ip -n blue route add default via ${subnet.host(1)}
ip -n green route add default via ${subnet.host(1)}
# answer: predict-ttl 64
