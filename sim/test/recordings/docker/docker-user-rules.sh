# title: DOCKER-USER, isolation, internal and icc
# area: docker
# ipv6: off
# settle: 0.5
# needs: docker

docker network create --internal in1
docker network create out1
docker network create -o com.docker.network.bridge.enable_icc=false -o com.docker.network.bridge.name=brno noicc
docker network create -o com.docker.network.bridge.host_binding_ipv4=127.0.0.1 hb
iptables -S
iptables -t nat -S POSTROUTING
docker run -d --name i1 --hostname i1 --network in1 -p 9000:80 web
docker port i1
docker run -d --name o1 --hostname o1 --network out1 -p 9001:80 web
docker run -d --name h1 --hostname h1 --network hb -p 9002:80 web
docker port h1
docker exec o1 ping -c 1 -W 1 172.18.0.2
docker exec i1 ip route
docker exec i1 ping -c 1 -W 1 172.18.0.1
docker exec i1 ping -c 1 -W 1 172.19.0.1
docker exec o1 ping -c 1 -W 1 172.17.0.1
iptables -I DOCKER-USER -i br+ -o docker0 -j ACCEPT
docker run -d --name d1 --hostname d1 web
docker exec o1 curl -s -m 1 http://172.17.0.2/
iptables -I DOCKER-USER -i docker0 -j ACCEPT
docker exec o1 curl -s -m 1 http://172.17.0.2/
docker exec d1 curl -s -m 1 http://172.19.0.2/
docker run -d --name n1 --network noicc web
docker run -d --name n2 --network noicc web
docker exec n1 ping -c 1 -W 1 n2
docker exec n1 ping -c 1 -W 1 172.20.0.1
brctl show brno | head -1
ip -br link show type bridge | awk '{print $1}' | grep -c br
sysctl net.bridge.bridge-nf-call-iptables
sysctl -w net.bridge.bridge-nf-call-iptables=0
docker exec n1 ping -c 1 -W 1 n2
conntrack -L -p icmp 2>/dev/null | wc -l
iptables -P FORWARD ACCEPT
iptables -F DOCKER
curl -s -m 1 http://127.0.0.1:9001/
docker restart o1
iptables -S DOCKER
iptables -vnL DOCKER-USER
docker network rm noicc in1
docker rm -f i1 n1 n2
docker network rm noicc in1
iptables -S DOCKER-ISOLATION-STAGE-1
iptables -S DOCKER-ISOLATION-STAGE-2
