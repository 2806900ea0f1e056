docker run -d --name agent --network host web serve ${port} agent
docker run -d --name second -p ${free}:${port} web serve ${port} second
docker run -d --name helper --network container:second net
# answer: sees-the-host host
