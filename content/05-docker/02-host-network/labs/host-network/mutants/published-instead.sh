# fails: agent-mode, no-translation
# answer: sees-the-host host
docker run -d --name agent -p ${port}:${port} web serve ${port} agent
docker run -d --name second -p ${free}:${port} web serve ${port} second
docker run -d --name helper --network container:second net
