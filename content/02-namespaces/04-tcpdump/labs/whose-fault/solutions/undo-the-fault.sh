# answer: cause ${fault}
# on: node02
dev=veth5eb00802
[ ${fault} = forwarding-off ] && dev=eth0
timeout 12 tcpdump -i $dev -w /root/evidence.pcap tcp >/dev/null 2>&1 &
sleep 1
# on: node01
ip netns exec client curl -s -m 3 http://${pods2.host(80)}:8080/
# on: node02
sleep 15
case ${fault} in
  wrong-port|loopback-only) ip netns exec web serve -b ${pods2.host(80)} 8080 web >/dev/null 2>&1 & sleep 1 ;;
  no-return) ip -n web route add default via ${pods2.host(1)} ;;
  forwarding-off) sysctl -w net.ipv4.ip_forward=1 ;;
  wrong-mac) ip neigh del ${pods2.host(80)} dev cni0 ;;
esac
