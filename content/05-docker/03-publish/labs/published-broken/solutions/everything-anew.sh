# answer: cause ${fault}
pid=$(ss -Hltnp "sport = :${port}" | grep -v docker-proxy | sed -n 's/.*pid=\([0-9]*\).*/\1/p')
[ -z "$pid" ] || kill $pid
iptables -F DOCKER-USER
iptables -A DOCKER-USER -i eth0 -s 203.0.113.0/24 -j DROP
iptables -A DOCKER-USER -j RETURN
sysctl -w net.ipv4.ip_forward=1
docker rm -f shop
docker network create storefront
docker run -d --name shop --network storefront -p ${port}:80 web serve 80 shop
