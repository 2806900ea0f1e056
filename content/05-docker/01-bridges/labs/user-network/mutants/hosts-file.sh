# fails: new-address
docker network create --subnet ${subnet} shop
docker run -d --name db --network shop web
address=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' db)
docker run -d --name api --network shop --add-host db:$address --add-host database:$address net
