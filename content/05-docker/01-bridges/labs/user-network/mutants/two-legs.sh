# fails: outsider-kept-out, own-subnet
docker network create shop
docker run -d --name db --network shop --network-alias database web
docker network connect bridge db
docker run -d --name api --network shop net
