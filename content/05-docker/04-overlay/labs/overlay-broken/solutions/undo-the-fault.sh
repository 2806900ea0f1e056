# answer: cause ${fault}
case ${fault} in
  pinned-address)
    docker rm -f api
    docker run -d --name api --network shop net ;;
esac
# on: host2
case ${fault} in
  vxlan-blocked) iptables -R INPUT 5 -i eth0 -s 192.168.0.11 -p udp -m multiport --dports 4789,7946 -j ACCEPT ;;
  other-overlay) docker network connect shop db ;;
  local-bridge)
    docker network disconnect shop-net db
    docker network connect shop db ;;
  loopback-only)
    docker rm -f db
    docker run -d --name db --network shop web serve 80 shop-db ;;
esac
