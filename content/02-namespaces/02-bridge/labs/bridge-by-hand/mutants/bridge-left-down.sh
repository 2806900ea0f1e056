# fails: all-pairs, switched-not-routed, relearns, host-reaches-pods, gateway-answers, red-way-out, green-way-out
ip link add br0 type bridge

i=2
for ns in red blue green; do
  ip link add veth-$ns type veth peer name eth0 netns $ns
  ip link set veth-$ns master br0 up
  ip -n $ns link set eth0 up
done
ip -n red addr add ${subnet.cidr(2)} dev eth0
ip -n blue addr add ${subnet.cidr(3)} dev eth0
ip -n green addr add ${subnet.cidr(4)} dev eth0
ip addr add ${subnet.cidr(1)} dev br0
for ns in red blue green; do ip -n $ns route add default via ${subnet.host(1)}; done
# answer: predict-ttl 64
