# fails: after-restart
# answer: cause ${fault}
docker rm -f api $(docker ps -aq --filter name=db)
docker run -d --name db web serve 80 shop-db
docker run -d --name api --add-host db:$(docker inspect -f '{{.NetworkSettings.IPAddress}}' db) net
