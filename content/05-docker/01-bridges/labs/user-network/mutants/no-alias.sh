# fails: by-alias
docker network create --subnet ${subnet} shop
docker run -d --name db --network shop web
docker run -d --name api --network shop net
