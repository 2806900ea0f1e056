# fails: switched-not-routed
# Three separate cables and a router in the middle: the pods do reach each other, but nothing is switched.
sysctl -q -w net.ipv4.ip_forward=1
i=2
for ns in red blue green; do
  a=$(echo ${subnet.network} | sed "s/0$/$i/")
  ip link add veth-$ns type veth peer name eth0 netns $ns
  ip addr add ${subnet.host(1)}/32 dev veth-$ns
  ip link set veth-$ns up
  ip route add $a/32 dev veth-$ns
  ip -n $ns addr add $a/32 dev eth0
  ip -n $ns link set eth0 up
  ip -n $ns route add ${subnet.host(1)}/32 dev eth0
  ip -n $ns route add default via ${subnet.host(1)}
  i=$((i + 1))
done
# answer: predict-ttl 64
