# title: network prune, ls filters, disconnect forms
# area: docker
# ipv6: off
# needs: docker
# settle: 0.5
docker network create --label env=dev n1
docker network create --label env=prod --internal n2
docker network create -d bridge n3
docker network ls -q | wc -l
docker network ls --no-trunc | head -1
docker network ls --filter name=n --format '{{.Name}}'
docker network ls --filter label=env --format '{{.Name}}: {{.Labels}}'
docker network ls --filter label=env=prod --format '{{.Name}} {{.Internal}}'
docker network ls --filter type=custom --format '{{.Name}}'
docker network ls --filter type=builtin --format '{{.Name}}'
docker network ls --filter scope=local -q | wc -l
docker network ls --filter dangling=true --format '{{.Name}}'
docker network ls --filter bogus=1
docker network ls --format 'table {{.Name}}\t{{.Driver}}'
docker network ls --format '{{json .}}' | sed 's/"CreatedAt":"[^"]*"//;s/"ID":"[^"]*"//'
docker run -d --name c1 --network n1 net
docker network prune -f --filter label=env=prod
docker network ls --format '{{.Name}}'
docker network prune -f
docker network rm n1 n2 n3
docker network disconnect n1 c1
docker exec c1 ip -br addr
docker network rm n1
docker network create n1
docker network create n4
docker network inspect n1 n4 nosuch -f '{{.Name}} {{(index .IPAM.Config 0).Subnet}}'
docker network inspect -v n1 | head -3
docker network connect n4 c1
docker network connect n1 nosuch
docker network connect n1
docker network connect --ip 172.18.0.9 n1 c1
docker network disconnect -f n4 c1
docker network disconnect n4 c1
docker network disconnect nosuch c1
docker network rm
docker network rm host none bridge
docker inspect n1 | head -4
docker inspect -f '{{.Id}}' --type network n4 | wc -c
docker inspect --type container n4
id=$(docker network ls -qf name=n4)
docker network inspect -f '{{.Name}}' $id
docker network inspect -f '{{.Name}} {{len .Containers}} {{printf "%s-%d" .Name 3}} {{join .Labels ","}}' n4
docker network inspect -f '{{if .Internal}}in{{else}}out{{end}} {{with .Options}}{{.}}{{end}} {{eq .Name "n4"}} {{upper .Name}} {{title .Name}} {{split .Name "4"}} {{.EnableIPv6 | json}}' n4
docker network inspect -f '{{.Foo' n4
docker network inspect -f '{{nofunc .Name}}' n4
docker network inspect -f '{{.Name.Foo}}' n4
docker inspect -f '{{.State}}' c1
docker inspect -f '{{.NetworkSettings.Networks}}' c1
docker inspect -f '{{println .Name}}{{len .Name}} {{slice .Id 0 2 | len}} {{index .Config.Cmd 0}} {{.Config.Env}}' c1
docker inspect -f '{{range $i, $e := .Config.Env}}{{$i}}={{$e}};{{end}}' c1
docker inspect -f '{{json .Config}}' c1
docker inspect -f '{{json .HostConfig}}' c1
docker inspect --format='{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}' c1
