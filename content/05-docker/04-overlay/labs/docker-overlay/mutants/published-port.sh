# fails: api-to-db, db-to-api, in-the-envelope, new-address
# answer: who-answers host1
# answer: route-helps none
docker network create --subnet ${subnet} shop
docker run -d --name api --network shop --add-host db:192.168.0.12 net
# on: host2
docker run -d --name db -p 8080:80 web serve 80 db
