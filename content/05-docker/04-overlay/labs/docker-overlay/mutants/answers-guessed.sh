# fails: who-answers, route-helps
# answer: who-answers either
# answer: route-helps via
docker network create -d overlay --attachable --subnet ${subnet} shop
docker run -d --name api --network shop net
# on: host2
docker run -d --name db --network shop web serve 80 db
