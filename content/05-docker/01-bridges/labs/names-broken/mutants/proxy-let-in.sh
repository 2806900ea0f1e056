# fails: proxy-apart
# answer: cause ${fault}
docker rm -f api $(docker ps -aq --filter name=db)
docker run -d --name db --network front web serve 80 shop-db
docker run -d --name api --network front net
