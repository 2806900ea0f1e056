# title: publish on an address, udp+tcp, hairpin, proxies
# area: docker
# ipv6: off
# needs: docker
# settle: 0.5
ip netns add internet
ip link add eth0 type veth peer name eth0 netns internet
ip addr add 192.0.2.10/24 dev eth0
ip link set eth0 up
ip -n internet addr add 192.0.2.1/24 dev eth0
ip -n internet link set eth0 up
docker network create app
docker run -d --name w1 --hostname w1 --network app -p 127.0.0.1:8080:80 web
docker run -d --name w2 --hostname w2 --network app -p 192.0.2.10:8081:80 web
docker run -d --name w3 --hostname w3 -p 80 web
docker run -d --name w4 --hostname w4 -p 8090-8091:80 web
docker run -d --name w5 --hostname w5 -p 5353:5353/udp -p 5353:80/tcp web
docker ps --format '{{.Names}} {{.Ports}}' | sort
docker port w5
docker port w5 5353/udp
docker port w3
iptables -t nat -S
iptables -S DOCKER
iptables -t nat -L DOCKER -n
ps -eo args | grep '[d]ocker-proxy' | sort
ss -lntu
curl -s -m 2 http://127.0.0.1:8080/
curl -s -m 2 http://192.0.2.10:8081/
ip netns exec internet curl -s -m 2 http://192.0.2.10:8081/
ip netns exec internet curl -sS -m 2 http://192.0.2.10:8080/
docker exec w2 curl -s -m 2 http://192.0.2.10:8081/
docker exec w1 curl -s -m 2 http://192.0.2.10:8081/
docker exec w3 curl -s -m 2 http://192.0.2.10:8081/
docker exec w3 curl -sS -m 2 http://172.18.0.2/
docker run -d --name x1 -p 203.0.113.1:80:80 web
docker run -d --name x2 -p bogus:80 web
docker run -d --name x3 -p 1.2.3:80:80 web
docker run -d --name x4 -p 8080:80/sctp web
docker run -d --name x5 -p 8100:99999 web
docker run -d --name x6 -p 8100-8102:80-81 web
docker run -d --name x7 -p 8100:80/foo web
docker run -d --name x8 --expose foo web
docker ps -a --format '{{.Names}} {{.State}} {{.Ports}}' | sort
docker restart -t 0 w3
docker port w3
docker kill w2
iptables -t nat -S DOCKER
docker start w2
iptables -t nat -S DOCKER
docker inspect -f '{{json .NetworkSettings.Ports}} {{json .HostConfig.PortBindings}}' w5
docker inspect -f '{{range $p, $c := .NetworkSettings.Ports}}{{$p}} -> {{(index $c 0).HostPort}} {{end}}' w5
docker network disconnect app w1
docker port w1
docker network connect bridge w1
docker port w1
