# fails: db-on-host2
# answer: cause ${fault}
docker rm -f api
docker run -d --name api --network shop net
docker run -d --name db --network shop web serve 80 shop-db
# on: host2
docker rm -f db
