docker run -d --name shop -p ${port}:80 web serve 80 shop
docker run -d --name admin -p 127.0.0.1:9090:80 web serve 80 admin
iptables -I DOCKER-USER -i eth0 ! -s 192.168.0.0/24 -p tcp -m conntrack --ctorigdstport ${open} --ctdir ORIGINAL -j DROP
