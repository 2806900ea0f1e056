# answer: cause ${fault}
# on: vpc
case ${fault} in
  no-return-route) ip route add ${pods1} via 10.0.1.11 ;;
  source-check) ip rule del pref 201 ;;
  longer-prefix) ip route del ${pods2.network}/28 ;;
  stale-target) ip route replace ${pods2} via 10.0.2.12 ;;
  target-swapped) ip route replace ${pods1} via 10.0.1.11 ;;
esac
# on: node02
case ${fault} in
  forwarding-off) sysctl -w net.ipv4.ip_forward=1 ;;
esac
