# fails: sees-the-host, shared-loopback, helper-is-another
# answer: sees-the-host own
docker network create apart
docker run -d --name agent --network host web serve ${port} agent
docker run -d --name second --network apart -p ${free}:${port} web serve ${port} second
docker run -d --name helper --network apart net
