# answer: cause ${fault}
rule="-d 192.168.0.11 -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80"
case ${fault} in
  filter-port) iptables -R FORWARD 3 -d ${pods} -o cni0 -p tcp --dport 80 -j ACCEPT ;;
  wrong-target) iptables -t nat -R PREROUTING 1 $rule ;;
  wrong-address) iptables -t nat -R PREROUTING 1 $rule ;;
  shadowed) iptables -t nat -D PREROUTING 1 ;;
  no-way-back) ip -n web route replace default via ${pods.host(1)} ;;
  dropped-early) iptables -t raw -D PREROUTING 1 ;;
esac
