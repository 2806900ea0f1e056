docker run -d --name db web
docker run -d --name api net
docker network create --subnet ${subnet} back
docker network connect --alias database back db
docker network connect back api
docker network disconnect bridge db
