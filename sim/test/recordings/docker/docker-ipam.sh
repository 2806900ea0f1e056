# title: subnets, gateways, ranges and --ip
# area: docker
# ipv6: off
# settle: 0.5
# needs: docker

docker network create --subnet 10.10.0.0/24 --gateway 10.10.0.254 --ip-range 10.10.0.64/30 n1
docker run -d --name a1 --network n1 net
docker run -d --name a2 --network n1 net
docker run -d --name a3 --network n1 net
docker run -d --name a4 --network n1 net
docker run -d --name a5 --network n1 net
docker exec a1 ip -4 -o addr show eth0
docker exec a1 ip route
docker run -d --name a6 --network n1 --ip 10.10.0.5 net
docker exec a6 ip -br addr show eth0
docker run -d --name a7 --network n1 --ip 10.10.0.5 net
docker run -d --name a8 --network n1 --ip 10.11.0.5 net
docker run -d --name a9 --ip 172.17.0.9 net
docker network create --subnet 10.10.0.0/16 n2
docker network create --subnet 10.12.0.0/24 --gateway 10.13.0.1 n3
docker network create --subnet 10.12.0.5/24 n4
docker network inspect -f '{{json .IPAM.Config}}' n4
docker network create --subnet 10.14.0.0/33 n5
docker network create --subnet nonsense n6
docker network create --gateway 10.15.0.1 n7
docker network create --ip-range 10.15.0.0/24 n7
docker network create --subnet 10.15.0.0/24 --ip-range 10.16.0.0/24 n8
docker network create --subnet 10.17.0.0/24 --subnet 10.18.0.0/24 n9
docker network create --subnet 10.19.0.0/30 tiny
docker run -d --name t1 --network tiny net
docker run -d --name t2 --network tiny net
docker network create --subnet 10.20.0.0/24 --aux-address a=10.20.0.2 --aux-address b=10.20.0.3 aux
docker run -d --name x1 --network aux net
docker exec x1 ip -br addr show eth0
docker network create plain
docker network inspect -f '{{json .IPAM.Config}}' plain
docker run -d --name p1 --network plain --ip 172.18.0.77 net
docker network create plain2
docker network inspect -f '{{json .IPAM.Config}}' plain2
docker network rm plain n4
docker network create plain3
docker network inspect -f '{{json .IPAM.Config}}' plain3
ip link add bd0 type bridge
ip addr add 172.20.0.1/16 dev bd0
ip link set bd0 up
docker network create plain4
docker network inspect -f '{{json .IPAM.Config}}' plain4
docker network create --subnet 172.20.0.0/16 clash
docker network rm n1
docker rm -f a1 a2 a3 a4 a5 a6 a7 a8 p1 2>&1 | sort
docker network rm n1 nosuch plain2
docker network prune -f
ip route
