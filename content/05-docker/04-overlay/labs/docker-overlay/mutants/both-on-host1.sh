# fails: db-to-api, db-on-host2, in-the-envelope
# answer: who-answers host1
# answer: route-helps none
docker network create -d overlay --attachable --subnet ${subnet} shop
docker run -d --name api --network shop net
docker run -d --name db --network shop web serve 80 db
