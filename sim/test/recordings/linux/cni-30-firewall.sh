# title: firewall: the iptables backend, CHECK, ingress policy
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0
ip netns add c1
iptables -P FORWARD DROP
echo '{ "cniVersion": "1.0.0", "name": "fw", "type": "bridge", "bridge": "cni0", "isDefaultGateway": true, "ipam": { "type": "host-local", "subnet": "10.42.0.0/24" } }' > /tmp/b.conf
CNI_COMMAND=ADD /usr/lib/cni/bridge < /tmp/b.conf > /tmp/r
fw() { jq -c "{cniVersion:\"1.0.0\",name:\"fw\",type:\"firewall\"${2:+,$2}} + {prevResult: .}" /tmp/r | CNI_COMMAND=$1 /usr/lib/cni/firewall > /tmp/out; rc=$?; [ $1 = ADD ] && [ $rc = 0 ] || cat /tmp/out; echo " [$rc]"; }

fw CHECK
fw ADD 'backend:"iptables"'
iptables -S
fw CHECK
iptables -D CNI-FORWARD -s 10.42.0.2/32 -j ACCEPT
fw CHECK
fw ADD
fw ADD
iptables -S CNI-FORWARD
fw DEL
iptables -S
fw DEL
fw ADD 'iptablesAdminChainName:"MINE"'
iptables -S
fw ADD 'ingressPolicy:"same-bridge"'
iptables -S
fw DEL 'ingressPolicy:"same-bridge"'
fw ADD 'ingressPolicy:"odd"'
fw DEL 'ingressPolicy:"odd"'
echo '{"cniVersion":"1.0.0","name":"fw"}' | CNI_COMMAND=ADD /usr/lib/cni/firewall
echo '{"cniVersion":"1.0.0","name":"fw"}' | CNI_COMMAND=DEL /usr/lib/cni/firewall
echo '{"cniVersion":"1.0.0","name":"fw"}' | CNI_COMMAND=CHECK /usr/lib/cni/firewall
