docker network create --subnet ${subnet} shop
docker run -d --name db --network shop --network-alias database web
docker run -d --name api --network shop net
