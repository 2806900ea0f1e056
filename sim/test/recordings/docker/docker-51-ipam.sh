# title: ipam options
# area: docker
# ipv6: off
# needs: docker
# settle: 0.5
docker network create --subnet 10.20.0.0/16 --ip-range 10.20.5.0/24 --gateway 10.20.0.254 ranged
docker network create --subnet 10.30.0.0/24 --aux-address router=10.30.0.2 aux
docker network create --subnet 10.20.0.0/24 overlap
docker network create --subnet 10.40.0.0/24 --gateway 10.41.0.1 badgw
docker network create --gateway 10.50.0.1 nosubnet
docker network create --subnet 10.60.0.1/24 hostbits
docker network create --subnet nonsense x1
docker network create --subnet 10.70.0.0/30 tiny
docker network inspect ranged aux
docker run -d --name r1 --network ranged net
docker run -d --name r2 --network ranged net
docker exec r1 ip -br addr show eth0
docker exec r2 ip -br addr show eth0
docker exec r1 ip route
docker run -d --name r3 --network ranged --ip 10.20.77.7 --mac-address 02:00:00:00:00:07 net
docker exec r3 ip addr show eth0
docker run -d --name r4 --network ranged --ip 10.20.77.7 net
docker run -d --name r5 --network ranged --ip 10.99.0.1 net
docker run -d --name a1 --network aux net
docker exec a1 ip -br addr show eth0
docker run -d --name t1 --network tiny net
docker run -d --name t2 --network tiny net
docker ps -a --format '{{.Names}}: {{.Status}}' | sort | sed 's/Up.*/Up/'
docker network connect --ip 10.30.0.9 --alias late aux r1
docker inspect -f '{{json .NetworkSettings.Networks.aux}}' r1
docker exec a1 ping -c 1 -W 1 late
docker network ls --format '{{.Name}} {{.Driver}}' | sort
docker network create
docker network create a b
docker run -d --ip 172.17.0.9 net
docker run -d --mac-address zz net
docker network create -o com.docker.network.driver.mtu=1400 -o com.docker.network.bridge.enable_icc=false -o com.docker.network.bridge.enable_ip_masquerade=false --label k=v opts
docker network inspect opts
iptables -S FORWARD
iptables -t nat -S
