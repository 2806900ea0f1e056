# fails: host1-gateway, host2-gateway, six, six-back
# Link-local addresses are there, and they do not cross a router.
# answer: asks-how ns
sleep 3
# on: router1
sysctl -w net.ipv6.conf.all.forwarding=1
