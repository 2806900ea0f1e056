docker network create apart
docker run -d --name shop --network apart --publish 0.0.0.0:${port}:80 web serve 80 shop
docker run -d --name admin --network apart --publish 127.0.0.1:9090:80/tcp web serve 80 admin
iptables -t raw -A PREROUTING -i eth0 -d 192.168.0.11 -p tcp --dport ${open} ! -s 192.168.0.0/24 -j DROP
