# title: exec and logs
# area: docker
# ipv6: off
# needs: docker
# settle: 0.5
docker run -d --name c1 -e FOO=1 -e BAR --workdir /srv/app net
docker exec c1 pwd
docker exec c1 env | sort
docker exec -e FOO=2 -e NEW=3 c1 env | sort
BAR=x docker exec -e BAR c1 sh -c 'echo $BAR'
docker exec -it c1 true
docker exec -t c1 echo hi | od -c | head -2
docker exec -d c1 sh -c 'echo bg > /tmp/bg'
docker exec c1 cat /tmp/bg
docker exec -d c1 nosuch
echo $?
docker exec c1 sh -c 'echo out; echo err >&2'
docker exec c1 sh -c 'kill -TERM $$'
docker exec c1 sh -c 'kill -9 $$'
printf 'a\nb\n' | docker exec -i c1 wc -l
printf 'a\nb\n' | docker exec c1 wc -l
docker exec c1 /bin/nosuch
docker exec c1 /etc
docker exec c1 /etc/hosts
docker exec -u nobody c1 id 2>&1 | head -1
docker exec --privileged c1 ip link add br9 type bridge
docker exec c1 ip link show br9
docker exec c1 cat /proc/1/cmdline | tr '\0' ' '
docker exec c1 sh -c 'echo $HOSTNAME' | wc -c
docker exec c1 cat /proc/sys/kernel/hostname | wc -c
docker exec c1 ls /
docker exec c1 mount | head -1 | cut -d' ' -f1-3
docker exec c1 id
docker exec c1 uname -n | wc -c
docker exec c1 date > /dev/null; echo $?
docker exec c1 sh -c 'exit 300'
docker exec c1 timeout 1 sleep 5
docker exec c1 sh -c 'ping -c 1 -W 1 127.0.0.1 | head -2'
docker exec c1 ss -lnt
docker exec c1 tcpdump -c 1 -i lo -w /dev/null
docker kill -s 15 c1
docker ps --format '{{.Names}}'
docker stop -t 1 c1
docker logs c1
docker run --name l1 -d net sh -c 'echo one; sleep 2; echo two'
docker logs l1
docker logs -f l1
docker logs --tail 0 l1
docker logs --tail all l1
docker logs --tail x l1
docker logs l1 extra
docker run --rm net sh -c 'echo $PATH; pwd; echo $HOME'
docker run --rm --entrypoint /bin/sh net -c 'echo $0 $1' a b
docker run --rm --entrypoint '' net echo x
docker run --rm -w relative net pwd
docker run --rm -w /made/up net pwd
docker run --name e5 net false
docker run --rm net sh -c 'kill -9 $$'
docker inspect -f '{{.State.ExitCode}} {{.State.Running}} {{.Path}} {{.Args}}' e5
docker start -a e5
docker restart e5
docker wait e5 c1
docker rm e5 c1 l1
docker ps -a
