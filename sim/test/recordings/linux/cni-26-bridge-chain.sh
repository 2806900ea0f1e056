# title: bridge in old versions, a wrong IPAM, addresses that differ, vlan
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0
for i in 1 2 3 4 5; do ip netns add c$i; done
br() { echo "{\"cniVersion\":\"${V:-1.0.0}\",\"name\":\"n\",\"type\":\"bridge\",$3}" | CNI_COMMAND=$1 CNI_CONTAINERID=$2 CNI_NETNS=/run/netns/$2 /usr/lib/cni/bridge; echo " [$?]"; }
IP='"ipam":{"type":"host-local","subnet":"10.6.0.0/24"}'

V=0.4.0 br ADD c1 '"isGateway":true,'"$IP"
V=0.2.0 br ADD c2 '"isGateway":true,'"$IP"
V=0.2.0 br DEL c2 '"isGateway":true,'"$IP"
br ADD c2 '"isGateway":true,"ipam":{"type":"none"}'
ip -n c2 -br link
br DEL c2 '"ipam":{}'
br ADD c2 '"isGateway":true,"ipam":{"type":"host-local"}'
br DEL c2 '"ipam":{}'
br ADD c2 '"isGateway":true,"ipam":{"type":"static"}'
br DEL c2 '"ipam":{}'
br ADD c2 '"isGateway":true,"ipam":{"type":"static","addresses":[{"address":"10.7.0.2/24"}]}'
br DEL c2 '"ipam":{}'
br ADD c2 '"isGateway":true,"forceAddress":true,"ipam":{"type":"static","addresses":[{"address":"10.7.0.2/24"}]}'
ip -br addr show cni0
br ADD c3 '"isDefaultGateway":true,"forceAddress":true,"ipam":{"type":"static","addresses":[{"address":"10.7.0.3/24","gateway":"10.7.0.9"}],"routes":[{"dst":"10.99.0.0/16"}]}'
ip -n c3 route
ip -br addr show cni0
br ADD c4 '"mtu":1400,"bridge":"br4","dns":{"nameservers":["1.1.1.1"]},"ipam":{"type":"static","addresses":[{"address":"10.8.0.3/24"}],"routes":[{"dst":"10.99.0.0/16","gw":"10.200.0.1"}]}'
ip -n c4 -br addr
ip -n c4 -br link
br DEL c4 '"bridge":"br4","ipam":{}'
br ADD c4 '"bridge":"lo","ipam":{}'
CNI_ARGS='MAC=02:00:00:00:00:41' br ADD c5 '"bridge":"br6","args":{"cni":{"mac":"02:00:00:00:00:42"}},"ipam":{}'
ip -n c5 link show eth0 | tail -1
br DEL c5 '"bridge":"br6","ipam":{}'
br ADD c5 '"bridge":"br6","runtimeConfig":{"mac":"x"},"ipam":{}'
br ADD c5 '"bridge":"abridgenamethatislong","ipam":{}'
CNI_PATH=/tmp br ADD c5 '"bridge":"br6","ipam":{"type":"host-local"}'
sysctl net.ipv4.ip_forward
