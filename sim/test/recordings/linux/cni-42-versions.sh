# title: host-local in every version, and bridge in 0.3.1 with a chain
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_NETNS=/run/netns/c1
ip netns add c1
for v in 0.1.0 0.2.0 0.3.0 0.3.1 0.4.0 1.0.0; do echo "{\"cniVersion\":\"$v\",\"name\":\"v\",\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.1.0.0/24\",\"routes\":[{\"dst\":\"0.0.0.0/0\"}]},\"dns\":{\"nameservers\":[\"1.1.1.1\"]}}" | CNI_COMMAND=ADD CNI_CONTAINERID=c-$v /usr/lib/cni/host-local; echo; done
echo '{"name":"v","ipam":{"type":"host-local","subnet":"10.1.0.0/24"}}' | CNI_COMMAND=ADD CNI_CONTAINERID=none /usr/lib/cni/host-local
export CNI_CONTAINERID=c1
echo '{"cniVersion":"0.3.1","name":"b","type":"bridge","isDefaultGateway":true,"ipam":{"type":"host-local","subnet":"10.2.0.0/24"},"dns":{"search":["a.b"]}}' > /tmp/b
CNI_COMMAND=ADD /usr/lib/cni/bridge < /tmp/b | tee /tmp/r
jq -c '{cniVersion:"0.3.1",name:"b",type:"tuning",mtu:1300,prevResult:.}' /tmp/r | CNI_COMMAND=ADD /usr/lib/cni/tuning
jq -c '{cniVersion:"1.0.0",name:"b",type:"tuning",mtu:1300,prevResult:.}' /tmp/r | CNI_COMMAND=ADD /usr/lib/cni/tuning
jq -c '{cniVersion:"0.4.0",name:"b",type:"tuning",mtu:1300,prevResult:(del(.cniVersion))}' /tmp/r | CNI_COMMAND=ADD /usr/lib/cni/tuning
jq -c '{cniVersion:"0.3.1",name:"b",type:"bandwidth",prevResult:.}' /tmp/r | CNI_COMMAND=ADD /usr/lib/cni/bandwidth
ip -n c1 route
ls -l /var/lib/cni/networks/b | awk '{print $1, $5, $NF}'
stat -c '%a %n' /var/lib/cni /var/lib/cni/networks /var/lib/cni/networks/b
CNI_COMMAND=DEL /usr/lib/cni/bridge < /tmp/b
echo '{"cniVersion":"0.2.0","name":"b","type":"bridge","ipam":{}}' | CNI_COMMAND=ADD /usr/lib/cni/bridge
ip -n c1 -br link | sed 's/@.*//'
