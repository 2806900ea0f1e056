# title: an ipv6 world
# area: docker
# needs: docker
# settle: 0.5
ip addr show docker0 | grep -v fe80
ip -6 route | grep -v fe80
docker run -d --name w1 -p 8080:80 -p 127.0.0.1:8081:80 --hostname w1 web
docker ps --format '{{.Ports}}'
docker port w1
docker exec w1 ip addr show eth0
docker exec w1 ip -6 route
docker exec w1 cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6
docker exec w1 cat /proc/sys/net/ipv6/conf/all/disable_ipv6
ss -lnt
ps -eo args | grep '[d]ocker-proxy' | sort
curl -s -m 2 http://127.0.0.1:8080/
curl -s -m 2 'http://[::1]:8080/'
docker inspect -f '{{json .NetworkSettings.Ports}}' w1
ip6tables -S
docker network create --ipv6 --subnet fd00:1::/64 six
docker network inspect six
docker run -d --name s1 --network six net
docker run -d --name s2 --network six net
docker exec s1 ip addr show eth0
docker exec s1 ip -6 route
docker exec s1 ping -6 -c 1 -W 1 s2
docker exec s1 dig +short AAAA s2
docker exec s1 getent ahosts s2
docker exec s1 cat /etc/hosts
docker inspect -f '{{json .NetworkSettings.Networks.six}}' s1
docker run -d --name s3 --network six --ip6 fd00:1::99 net
docker exec s3 ip -6 -br addr show eth0
docker network create --ipv6 nosub
docker network ls --format '{{.Name}} {{.IPv6}}'
ip addr show docker0
ip link show type veth | head -1 | cut -d: -f3
docker run -d --name w2 -p '[::1]:8090:80' web
docker port w2
