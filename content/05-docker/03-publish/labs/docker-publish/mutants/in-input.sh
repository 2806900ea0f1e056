# fails: status-not-internet, status-not-after-restart
docker run -d --name shop -p ${port}:80 web serve 80 shop
docker run -d --name admin -p 127.0.0.1:9090:80 web serve 80 admin
iptables -I INPUT -i eth0 -p tcp --dport ${open} ! -s 192.168.0.0/24 -j DROP
