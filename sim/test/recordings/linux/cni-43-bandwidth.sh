# title: bandwidth without a limit, and limits that are wrong
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_NETNS=/run/netns/c1 CNI_CONTAINERID=c1
ip netns add c1
PR='"prevResult":{"cniVersion":"1.0.0","interfaces":[{"name":"eth0","sandbox":"/run/netns/c1"}]}'
bw() { echo "{\"cniVersion\":\"1.0.0\",\"name\":\"n\",\"type\":\"bandwidth\",$2}" | CNI_COMMAND=$1 /usr/lib/cni/bandwidth; echo " [$?]"; }

bw ADD "$PR"
bw ADD '"runtimeConfig":{"bandwidth":{}},'"$PR"
bw ADD '"ingressRate":1000,'"$PR"
bw ADD '"egressBurst":1000,'"$PR"
bw ADD '"ingressRate":1000,"ingressBurst":99999999999,'"$PR"
bw ADD '"ingressRate":"x",'"$PR"
bw ADD '"ingressRate":1000,"ingressBurst":1000'
bw CHECK '"x":1'
bw DEL "$PR"
