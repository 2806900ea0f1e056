# fails: new-address
# answer: who-answers host1
# answer: route-helps none
docker network create -d overlay --attachable --subnet ${subnet} shop
# on: host2
docker run -d --name db --network shop web serve 80 db
docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' db | timeout 30 nc -l -p 7778 &
# on: host1
docker run -d --name api --network shop --add-host db:$(nc -w 3 192.168.0.12 7778 </dev/null) net
