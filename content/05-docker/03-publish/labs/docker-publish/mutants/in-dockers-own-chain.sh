# fails: status-not-after-restart
docker run -d --name shop -p ${port}:80 web serve 80 shop
docker run -d --name admin -p 127.0.0.1:9090:80 web serve 80 admin
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' status)
iptables -R DOCKER 1 -d $address/32 ! -i docker0 -o docker0 -p tcp -s 192.168.0.0/24 --dport 80 -j ACCEPT
