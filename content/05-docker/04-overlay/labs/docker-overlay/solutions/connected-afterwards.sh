# answer: who-answers host1
# answer: route-helps none
docker network create --driver overlay --subnet ${subnet} --attachable back
docker create --name api --network back net
docker start api
# on: host2
docker run -d --name tier --network back web serve 80 db
docker rename tier db
