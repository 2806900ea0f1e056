# fails: red-reaches-blue, blue-reaches-red, works-after-flush
ip netns add red
ip netns add blue
ip -n red link set lo up
ip -n blue link set lo up
ip link add eth0 netns red type veth peer name eth0 netns blue
ip -n red addr add ${subnet.cidr(1)} dev eth0
ip -n blue addr add ${subnet.cidr(2)} dev eth0
ip -n red link set eth0 up
# answer: host-sees unreachable
