# answer: cause ${fault}
case ${fault} in
  wrong-next-hop) ip route replace ${pods2} via 192.168.0.12 ;;
  longer-prefix) ip route del ${pods2.network}/28 ;;
esac
# on: node02
case ${fault} in
  no-return-route) ip route add ${pods1} via 192.168.0.11 ;;
  forwarding-off) sysctl -w net.ipv4.ip_forward=1 ;;
  no-gateway) ip -n pod2 route add default via ${pods2.host(1)} ;;
esac
