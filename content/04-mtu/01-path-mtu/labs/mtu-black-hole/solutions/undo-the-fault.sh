# answer: cause ${fault}
case ${fault} in
  message-is-martian) ip addr del 10.12.0.200/16 dev docker0; ip addr add 172.17.0.1/16 dev docker0 ;;
esac
# on: router1
case ${fault} in
  message-filtered) iptables -D FORWARD -p icmp -j DROP ;;
esac
# on: router2
case ${fault} in
  router2-too-large) ip link set eth1 mtu ${segment} ;;
  core-mismatch) ip link set eth0 mtu 1500 ;;
esac
# on: router3
case ${fault} in
  router3-too-large) ip link set eth0 mtu ${segment} ;;
esac
