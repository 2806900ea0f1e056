# title: two hosts, routes by hand; conntrack of a published port
# area: docker
# ipv6: off
# needs: docker h1 h2
# settle: 0.5
ip link add u1 netns h1 type veth peer name u2 netns h2
ip -n h1 addr add 10.0.0.1/24 dev u1
ip -n h2 addr add 10.0.0.2/24 dev u2
ip -n h1 link set u1 up
ip -n h2 link set u2 up
docker -H unix:///run/h1.sock network create --subnet 172.30.1.0/24 -o com.docker.network.bridge.name=br-a -o com.docker.network.bridge.enable_ip_masquerade=false a
docker -H unix:///run/h2.sock network create --subnet 172.30.2.0/24 -o com.docker.network.bridge.name=br-b -o com.docker.network.bridge.enable_ip_masquerade=false b
ip -n h1 route add 172.30.2.0/24 via 10.0.0.2
ip -n h2 route add 172.30.1.0/24 via 10.0.0.1
docker -H unix:///run/h1.sock run -d --name ca --hostname ca --network a web
docker -H unix:///run/h2.sock run -d --name cb --hostname cb --network b web
docker -H unix:///run/h1.sock exec ca curl -sS -m 2 http://172.30.2.2/
docker -H unix:///run/h1.sock exec ca ping -c 1 -W 1 172.30.2.1
ip netns exec h2 iptables -I DOCKER-USER -s 172.30.1.0/24 -d 172.30.2.0/24 -j ACCEPT
docker -H unix:///run/h1.sock exec ca curl -sS -m 2 http://172.30.2.2/
ip netns exec h1 iptables -I DOCKER-USER -s 172.30.2.0/24 -d 172.30.1.0/24 -j ACCEPT
docker -H unix:///run/h1.sock exec ca curl -sS -m 2 http://172.30.2.2/
docker -H unix:///run/h1.sock exec ca traceroute -n -m 4 -q 1 -w 1 172.30.2.2
docker -H unix:///run/h2.sock exec cb curl -sS -m 2 http://172.30.1.2/
ip netns exec h1 iptables -S DOCKER-USER
ip netns exec h1 iptables -t nat -S POSTROUTING
docker -H unix:///run/h1.sock run -d --name cp --hostname cp -p 8080:80 web
ip netns exec h2 curl -s -m 2 http://10.0.0.1:8080/
ip netns exec h1 conntrack -L -p tcp --dport 8080 2>/dev/null | sed 's/^tcp *6 [0-9]* //'
ip netns exec h1 iptables -t nat -L DOCKER -n -v
ip netns exec h1 iptables -L DOCKER-USER -n -v
docker -H unix:///run/h1.sock inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' cp
docker -H unix:///run/h2.sock inspect cp
docker -H unix:///run/h1.sock exec ca ip route get 172.30.2.2
ip netns exec h1 ip route
