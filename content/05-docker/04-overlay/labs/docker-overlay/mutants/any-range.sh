# fails: own-subnet
# answer: who-answers host1
# answer: route-helps none
docker network create -d overlay --attachable shop
docker run -d --name api --network shop net
# on: host2
docker run -d --name db --network shop web serve 80 db
