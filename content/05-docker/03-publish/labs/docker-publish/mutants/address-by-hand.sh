# fails: shop-moved
docker run -d --name shop web serve 80 shop
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' shop)
iptables -t nat -A PREROUTING -d 192.168.0.11 -p tcp --dport ${port} -j DNAT --to-destination $address:80
iptables -I DOCKER-USER -m conntrack --ctorigdstport ${port} -j ACCEPT
docker run -d --name admin -p 127.0.0.1:9090:80 web serve 80 admin
iptables -I DOCKER-USER -i eth0 ! -s 192.168.0.0/24 -p tcp -m conntrack --ctorigdstport ${open} --ctdir ORIGINAL -j DROP
