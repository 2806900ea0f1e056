# fails: cause
docker rm -f api
docker network create -d overlay --attachable fresh
docker run -d --name api --network fresh net
# on: host2
iptables -I INPUT -i eth0 -p udp --dport 4789 -j ACCEPT
docker rm -f db
docker run -d --name db --network fresh web serve 80 shop-db
