set -e
brctl addbr cni0
ip link set cni0 up
i=2
for ns in red blue green; do
  ip link add v$ns type veth peer name p$ns
  ip link set p$ns netns $ns
  brctl addif cni0 v$ns
  ip link set v$ns up
  ip -n $ns link set p$ns up
  ip -n $ns addr add $(echo ${subnet.network} | sed "s/0$/$i/")/24 dev p$ns
  i=$((i + 1))
done
# The host's leg as a veth end instead of the bridge device itself.
ip link add leg type veth peer name leg-port
brctl addif cni0 leg-port
ip link set leg-port up
ip addr add ${subnet.cidr(1)} dev leg
ip link set leg up
for ns in red blue green; do ip -n $ns route add default via ${subnet.host(1)}; done
# answer: predict-ttl 64
