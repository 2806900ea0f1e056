# answer: cause ${fault}
case ${fault} in
  loopback-only | wrong-port)
    docker rm -f shop
    docker run -d --name shop -p ${port}:80 web serve 80 shop ;;
  user-drop) iptables -D DOCKER-USER 1 ;;
  hard-coded)
    iptables -t nat -D PREROUTING -d 192.168.0.11 -p tcp --dport ${port} -j DNAT --to-destination 172.17.0.2:80
    iptables -D DOCKER-USER -d 172.17.0.2 -p tcp --dport 80 -j ACCEPT
    docker rm -f shop
    docker run -d --name shop -p ${port}:80 web serve 80 shop ;;
  port-taken)
    kill $(pgrep -f "^serve ${port}")
    sleep 1
    docker start shop ;;
  forwarding-off) sysctl -w net.ipv4.ip_forward=1 ;;
esac
