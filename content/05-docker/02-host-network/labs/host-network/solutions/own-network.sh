# answer: sees-the-host host
docker create --name agent --net=host web serve ${port} agent
docker start agent
docker network create apart
docker run -d --name second --network apart --publish 192.168.0.11:${free}:${port}/tcp web serve ${port} second
docker run -d --name helper --network container:$(docker inspect -f '{{.Id}}' second) net
