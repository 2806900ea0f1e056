# title: stop, start, restart: addresses, gateways, ports
# area: docker
# ipv6: off
# settle: 0.5
# needs: docker

docker network create --subnet 10.5.0.0/24 app
docker run -d --name w1 --hostname w1 --network app -p 8080:80 web
docker run -d --name w2 --hostname w2 --network app --ip 10.5.0.77 -p 8081:80 web
docker run -d --name w3 --hostname w3 -p 8082:80 web
docker network connect app w3
docker exec w3 ip -br addr
docker exec w3 ip route
iptables -t nat -S DOCKER
docker port w3
docker network disconnect bridge w3
iptables -t nat -S DOCKER
docker port w3
curl -s -m 1 http://127.0.0.1:8082/
docker exec w3 ip route
docker restart w3
docker exec w3 ip -br addr
docker stop w1 w2 w3
docker ps -q | wc -l
docker network inspect -f '{{len .Containers}}' app
docker network rm app
docker start w3 w2 w1
docker inspect -f '{{.Name}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' w1 w2 w3
docker exec w2 ip -br addr
curl -s -m 1 http://127.0.0.1:8081/
curl -s -m 1 http://127.0.0.1:8082/
docker kill w1
docker ps -a --filter name=w1 --format '{{.Names}} {{.State}}'
docker network connect bridge w1
docker start w1
docker exec w1 ip -br addr
docker exec w1 ip route
docker port w1
docker network inspect -f '{{range .Containers}}{{println .Name .IPv4Address}}{{end}}' app | sort
docker inspect -f '{{.NetworkSettings.IPAddress}}|{{.NetworkSettings.Gateway}}|{{len .NetworkSettings.Networks}}' w1
docker rm -f w1 w2 w3
docker network prune -f
iptables-save -t nat | grep -v '^#'
iptables -S | grep -c 10.5.0
