# answer: cause ${fault}
case ${fault} in
  wrong-mask)
    ip addr flush dev eth0
    ip addr add ${left.cidr(10)} dev eth0
    ip route add default via ${left.host(1)} ;;
  wrong-gateway) ip route replace default via ${left.host(1)} ;;
esac
# on: router1
case ${fault} in
  forwarding-off) sysctl -w net.ipv4.ip_forward=1 ;;
  link-down) ip link set eth1 up ;;
  blackhole) ip route del blackhole ${left.network}/28 ;;
esac
# on: host2
case ${fault} in
  no-default) ip route add default via ${right.host(1)} ;;
esac
# on: nas
case ${fault} in
  duplicate-address) ip addr del ${left.cidr(10)} dev eth0 ;;
esac
