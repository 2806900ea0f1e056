# title: one container on three networks
# area: docker
# ipv6: off
# needs: docker
# settle: 0.5
docker network create alpha
docker network create beta
docker network create --internal gamma
docker run -d --name mid --hostname mid --network beta -p 8080:80 web
docker network connect alpha mid
docker network connect gamma mid
docker exec mid ip -br addr
docker exec mid ip route
docker port mid
iptables -t nat -S DOCKER
docker run -d --name a1 --network alpha net
docker run -d --name g1 --network gamma net
docker exec a1 curl -s -m 2 http://mid/
docker exec g1 curl -s -m 2 http://mid/
docker exec a1 getent hosts g1
docker exec mid getent hosts a1
docker exec mid getent hosts g1
docker exec mid cat /etc/hosts
curl -s -m 2 http://127.0.0.1:8080/
docker network disconnect alpha mid
docker exec mid ip route
docker exec mid cat /etc/hosts
iptables -t nat -S DOCKER
curl -s -m 2 http://127.0.0.1:8080/
docker network disconnect beta mid
docker exec mid ip route
docker port mid
docker network connect bridge mid
docker exec mid ip -br addr
docker exec mid cat /etc/resolv.conf
docker port mid
docker restart -t 0 mid
docker exec mid ip -br addr
docker exec mid ip route
docker inspect -f '{{range $n, $e := .NetworkSettings.Networks}}{{$n}}:{{$e.IPAddress}}:{{$e.Gateway}} {{end}}' mid
docker network inspect gamma -f '{{range .Containers}}{{.Name}} {{end}}'
docker run -d --name n2 --network alpha --network-alias one --network-alias two net
docker exec a1 getent hosts one
docker exec a1 getent hosts two
docker run --rm --network alpha net getent hosts a1
docker run -d --network alpha --ip 172.18.0.77 net
docker network create --subnet 172.40.0.0/24 delta
docker run -d --name d1 --network delta --ip 172.40.0.77 --mac-address 02:aa:bb:cc:dd:ee net
docker exec d1 ip -o link show eth0
docker inspect -f '{{json .NetworkSettings.Networks.delta.IPAMConfig}} {{.Config.MacAddress}}' d1
docker stop -t 0 d1
docker start d1
docker exec d1 ip -br addr show eth0
docker network connect --ip 172.40.0.78 delta a1
docker network connect --ip 172.40.0.78 delta n2
docker network connect --ip 10.1.1.1 delta n2
docker network connect delta n2 --alias nn
docker exec d1 getent hosts nn
docker network inspect delta -f '{{range .Containers}}{{.Name}}={{.IPv4Address}} {{end}}' | tr ' ' '\n' | sort
docker create --name cr --network alpha net
docker network connect delta cr
docker inspect -f '{{range $n, $e := .NetworkSettings.Networks}}{{$n}}:{{$e.IPAddress}} {{end}}' cr
docker start cr
docker exec cr ip -br addr
docker network disconnect alpha cr
docker stop -t 0 cr
docker network disconnect delta cr
docker start cr
docker exec cr ip -br addr
docker network inspect host -f '{{len .Containers}} {{json .IPAM}}'
docker network inspect none
