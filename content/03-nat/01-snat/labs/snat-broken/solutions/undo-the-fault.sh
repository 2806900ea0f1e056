# answer: cause ${fault}
case ${fault} in
  wrong-interface) iptables -t nat -R EGRESS 1 -s ${pods} -o eth0 -j MASQUERADE ;;
  wrong-range) iptables -t nat -R EGRESS 1 -s ${pods} -o eth0 -j MASQUERADE ;;
  shadowed) iptables -t nat -D EGRESS 1 ;;
  foreign-source) iptables -t nat -R EGRESS 1 -s ${pods} -o eth0 -j SNAT --to-source 192.168.0.11 ;;
  replies-dropped) iptables -A FORWARD -i eth0 -o cni0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT ;;
  forwarding-off) sysctl -w net.ipv4.ip_forward=1 ;;
esac
