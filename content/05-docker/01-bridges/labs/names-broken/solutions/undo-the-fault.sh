# answer: cause ${fault}
case ${fault} in
  default-bridge)
    docker network create shop
    docker network connect shop db
    docker network connect shop api ;;
  two-networks) docker network connect shop api ;;
  other-name) docker rename db-1 db ;;
  pinned-address)
    docker rm -f api
    docker run -d --name api --network shop net ;;
  icc-off)
    docker network create back
    for one in api db; do docker network connect back $one; docker network disconnect shop $one; done ;;
  other-port)
    docker rm -f db
    docker run -d --name db --network shop web serve 80 shop-db ;;
esac
