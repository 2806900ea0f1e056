case ${fault} in
  unplugged) ip link set veth-blue master br0 ;;
  port-down) ip link set veth-blue up ;;
  isolated) bridge link set dev veth-blue isolated off ;;
  sticky-fdb) bridge fdb del 02:00:00:00:00:03 dev veth-green master ;;
  wrong-mask)
    ip -n blue addr del ${subnet.host(3)}/32 dev eth0
    ip -n blue addr add ${subnet.cidr(3)} dev eth0
    ip -n blue route replace default via ${subnet.host(1)} ;;
esac
# answer: cause ${fault}
