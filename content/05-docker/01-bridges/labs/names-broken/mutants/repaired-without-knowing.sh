# fails: cause
docker rm -f api $(docker ps -aq --filter name=db)
docker network create back
docker run -d --name the-db --network back --network-alias db web serve 80 shop-db
docker run -d --name api --network back net
