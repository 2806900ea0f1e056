# answer: cause ${fault}
case ${fault} in
  pods-too-large) ip link set veth-pod1 mtu 1450; ip -n pod1 link set eth0 mtu 1450 ;;
  tunnel-too-large) ip link set vx0 mtu 1450; ip link set veth-pod1 mtu 1450; ip -n pod1 link set eth0 mtu 1450 ;;
esac
# on: node02
case ${fault} in
  pods-too-large) ip link set veth-pod2 mtu 1450; ip -n pod2 link set eth0 mtu 1450 ;;
  tunnel-too-large) ip link set vx0 mtu 1450; ip link set veth-pod2 mtu 1450; ip -n pod2 link set eth0 mtu 1450 ;;
  underlay-mismatch) ip link set eth0 mtu 1500 ;;
  port-too-small) ip link set veth-pod2 mtu 1450 ;;
esac
