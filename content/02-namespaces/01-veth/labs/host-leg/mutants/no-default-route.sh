# fails: web-reaches-far
ip -n old link set eth0 netns web
ip -n web addr add ${subnet.cidr(2)} dev eth0
ip -n web link set eth0 up
ip netns del old
