# fails: second-listens, shared-loopback
# answer: sees-the-host host
docker run -d --name agent --network host web serve ${port} agent
docker run -d --name second -p ${free}:8000 web serve 8000 second
docker run -d --name helper --network container:second net
