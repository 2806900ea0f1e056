# fails: second-from-client, second-listens, shared-loopback, helper-is-another
# answer: sees-the-host host
docker run -d --name agent --network host web serve ${port} agent
docker run -d --name second --network host web serve ${port} second
docker run -d --name helper --network container:second net
