# fails: host-sees, host-outside
# A second cable puts node01 into the room after all.
ip netns add red
ip netns add blue
ip -n red link set lo up
ip -n blue link set lo up
ip link add eth0 netns red type veth peer name eth0 netns blue
ip -n red addr add ${subnet.cidr(1)} dev eth0
ip -n blue addr add ${subnet.cidr(2)} dev eth0
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip link add spare type veth peer name eth1 netns blue
ip link set spare up
ip -n blue link set eth1 up
ip addr add ${subnet.cidr(9)} dev spare
ip -n blue route add ${subnet.host(9)} dev eth1
# answer: host-sees unreachable
