# title: a second interface at run time, default routes
# area: docker
# ipv6: off
# settle: 0.5
# needs: docker

docker network create red
docker network create blue
docker network create --internal zinc
docker run -d --name cc net
docker exec cc ip route
docker network connect red cc
docker exec cc ip route
docker exec cc ip -br addr
docker network connect zinc cc
docker exec cc ip route
docker network disconnect bridge cc
docker exec cc ip route
docker network connect blue cc
docker exec cc ip route
docker network disconnect blue cc
docker exec cc ip route
docker exec cc cat /etc/resolv.conf
docker exec cc cat /etc/hosts
docker network disconnect red cc
docker exec cc ip route
docker exec cc ping -c 1 -W 1 172.20.0.1
docker exec cc ip -br link
docker network connect bridge cc
docker exec cc ip -br addr
docker exec cc ip route
docker inspect -f '{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.Gateway}} {{$v.IPAddress}}/{{$v.IPPrefixLen}}{{"\n"}}{{end}}' cc
docker stop -t 0 cc
docker network connect --ip 172.18.0.50 red cc
docker network disconnect zinc cc
docker start cc
docker exec cc ip -br addr
docker exec cc ip route
docker network connect host cc
docker network connect none cc
docker network disconnect -f red cc
docker network disconnect red cc
docker network disconnect bridge nosuch
