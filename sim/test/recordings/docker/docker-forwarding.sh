# title: ip_forward, FORWARD policy, DOCKER-USER, conntrack
# area: docker
# ipv6: off
# settle: 0.5
# needs: docker

ip netns add inet
ip link add up0 type veth peer name e0 netns inet
ip addr add 198.51.100.1/24 dev up0
ip link set up0 up
ip -n inet addr add 198.51.100.9/24 dev e0
ip -n inet link set e0 up
ip -n inet link set lo up
ip netns exec inet serve 80 outside &
docker run -d --name ww --hostname www -p 8080:80 web
docker exec ww curl -s -m 1 http://198.51.100.9/
ip netns exec inet curl -s -m 1 http://198.51.100.1:8080/
conntrack -L -p tcp
iptables -S FORWARD
iptables -I DOCKER-USER -i up0 -s 198.51.100.9 -j DROP
ip netns exec inet curl -s -m 1 http://198.51.100.1:8080/
curl -s -m 1 http://127.0.0.1:8080/
docker exec ww curl -s -m 1 http://198.51.100.9/
iptables -I DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
docker exec ww curl -s -m 1 http://198.51.100.9/
iptables -F DOCKER-USER
iptables -A DOCKER-USER -j RETURN
iptables -I DOCKER-USER -p tcp -m conntrack --ctorigdstport 8080 -j REJECT --reject-with tcp-reset
ip netns exec inet curl -sS -m 1 http://198.51.100.1:8080/
iptables -D DOCKER-USER 1
sysctl -w net.ipv4.ip_forward=0
ip netns exec inet curl -s -m 1 http://198.51.100.1:8080/
docker exec ww ping -c 1 -W 1 198.51.100.9
docker exec ww ping -c 1 -W 1 198.51.100.1
docker run --rm net true
sysctl -w net.ipv4.ip_forward=1
ip -n inet route add 172.17.0.0/16 via 198.51.100.1
ip netns exec inet curl -s -m 1 http://172.17.0.2/
iptables -I FORWARD -o docker0 -d 172.17.0.2 -p tcp --dport 80 -j ACCEPT
ip netns exec inet curl -s -m 1 http://172.17.0.2/
iptables -P FORWARD ACCEPT
docker network create app
iptables -S FORWARD
iptables -t nat -S POSTROUTING
docker network create -o com.docker.network.bridge.enable_ip_masquerade=false nomasq
iptables -t nat -S POSTROUTING
docker network create -o com.docker.network.bridge.enable_icc=false noicc
docker run -d --name n1 --network noicc web
docker run -d --name n2 --network noicc web
docker exec n1 curl -s -m 1 http://n2/
iptables -S FORWARD | grep DROP
iptables -S DOCKER-ISOLATION-STAGE-1
docker network rm noicc
docker rm -f n1 n2
docker network rm noicc nomasq app
iptables -S
tcpdump -c 1 -nn -i docker0 icmp 2>/dev/null & docker exec ww ping -c 1 172.17.0.1 >/dev/null; wait $!
