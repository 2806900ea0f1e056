# answer: cause ${fault}
case ${fault} in
  stale-rule | tcp-only) iptables -t nat -R PREROUTING 1 -d 192.168.0.11 -p udp --dport 53 -j DNAT --to-destination ${pods.host(3)} ;;
  not-tracked) iptables -t raw -D PREROUTING 1 ;;
  replies-dropped) iptables -R FORWARD 2 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT ;;
esac
conntrack -D -p udp --orig-port-src 7000
