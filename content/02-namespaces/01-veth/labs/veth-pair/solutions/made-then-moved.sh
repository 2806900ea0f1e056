for ns in red blue; do ip netns add $ns; done
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip netns exec red bash -c 'ip link set lo up; ip link set veth-red up; ip addr add ${subnet.cidr(1)} dev veth-red'
ip netns exec blue bash -c 'ip link set lo up; ip link set veth-blue up; ip addr add ${subnet.cidr(2)} dev veth-blue'
# answer: host-sees unreachable
