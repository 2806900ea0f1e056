# title: portmap: tcp, udp, a host address, CHECK, DEL twice, errors
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0
ip netns add c1
echo '{ "cniVersion": "1.0.0", "name": "pm", "type": "bridge", "bridge": "cni0", "isDefaultGateway": true, "ipam": { "type": "host-local", "subnet": "10.41.0.0/24" } }' > /tmp/b.conf
CNI_COMMAND=ADD /usr/lib/cni/bridge < /tmp/b.conf > /tmp/r
pm() { jq -c "{cniVersion:\"1.0.0\",name:\"pm\",type:\"portmap\",$2} + {prevResult: .}" /tmp/r | CNI_COMMAND=$1 /usr/lib/cni/portmap > /tmp/out; rc=$?; [ $1 = ADD ] && [ $rc = 0 ] || cat /tmp/out; echo " [$rc]"; }
M='runtimeConfig:{portMappings:[{hostPort:8080,containerPort:80,protocol:"tcp"},{hostPort:8053,containerPort:53,protocol:"udp"},{hostPort:8443,containerPort:443,protocol:"tcp",hostIP:"127.0.0.1"},{hostPort:8081,containerPort:81,protocol:"tcp",hostIP:"0.0.0.0"}]}'

pm ADD "$M"
iptables -t nat -S
sysctl net.ipv4.conf.cni0.route_localnet
ip netns exec c1 serve 80 pm > /dev/null 2>&1 &
ip netns exec c1 serve 443 tls > /dev/null 2>&1 &
sleep 0.3
curl -sS -m 1 http://10.41.0.1:8080/
ip link set lo up
curl -sS -m 1 http://127.0.0.1:8080/
curl -sS -m 1 http://127.0.0.1:8443/
curl -sS -m 1 http://10.41.0.1:8443/
ip netns exec c1 curl -sS -m 1 http://10.41.0.1:8080/
pm CHECK "$M"
iptables -t nat -F CNI-HOSTPORT-DNAT
pm CHECK "$M"
pm ADD "$M"
pm CHECK "$M"
pm DEL "$M"
iptables -t nat -S
pm DEL "$M"
pm ADD 'snat:false,'"$M"
iptables -t nat -S | grep CNI-DN
pm DEL "$M"
pm ADD 'markMasqBit:5,conditionsV4:["-s","192.0.2.0/24"],'"$M"
iptables -t nat -S | grep -e MASQ -e SETMARK -e multiport
pm DEL "$M"
pm ADD 'markMasqBit:40,'"$M"
pm ADD 'markMasqBit:4,externalSetMarkChain:"X",'"$M"
pm ADD 'externalSetMarkChain:"KUBE-MARK-MASQ",'"$M"
pm ADD 'runtimeConfig:{portMappings:[{hostPort:0,containerPort:80,protocol:"tcp"}]}'
pm ADD 'runtimeConfig:{portMappings:[{hostPort:80,protocol:"tcp"}]}'
pm ADD 'runtimeConfig:{portMappings:[{hostPort:"x",containerPort:80,protocol:"tcp"}]}'
pm ADD 'runtimeConfig:{portMappings:[]}'
echo '{"cniVersion":"1.0.0","name":"pm","runtimeConfig":{"portMappings":[{"hostPort":80,"containerPort":80,"protocol":"tcp"}]}}' | CNI_COMMAND=ADD /usr/lib/cni/portmap
echo '{"cniVersion":"1.0.0","name":"pm","runtimeConfig":{"portMappings":[{"hostPort":80,"containerPort":80,"protocol":"tcp"}]}}' | CNI_COMMAND=CHECK /usr/lib/cni/portmap
