# title: static: addresses from the configuration, CNI_ARGS, args and runtimeConfig
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/none CNI_IFNAME=eth0
st() { echo "{\"cniVersion\":\"${V:-1.0.0}\",\"name\":\"n\",\"ipam\":{\"type\":\"static\",$1}${2:+,$2}}" | CNI_COMMAND=${C:-ADD} /usr/lib/cni/static; echo " [$?]"; }

st '"addresses":[{"address":"10.1.0.5/24","gateway":"10.1.0.1"},{"address":"fd00::5/64"}],"routes":[{"dst":"0.0.0.0/0"},{"dst":"10.9.0.0/16","gw":"10.1.0.9"}],"dns":{"nameservers":["10.1.0.53"],"domain":"a.b","search":["a.b"],"options":["ndots:2"]}'
st '"addresses":[]'
st '"x":1'
st '"addresses":[{"address":"10.1.0.5"}]'
st '"addresses":[{"address":"10.1.0.5/24","gateway":"bad"}]'
st '"addresses":{}'
V=0.2.0 st '"addresses":[{"address":"10.1.0.5/24"}]'
V=0.2.0 st '"addresses":[]'
V=0.2.0 st '"addresses":[{"address":"10.1.0.5/24"},{"address":"10.1.0.6/24"}]'
V=0.3.1 st '"addresses":[{"address":"10.1.0.5/24"},{"address":"10.1.0.6/24"}]'
CNI_ARGS='IP=10.2.0.7/24,10.3.0.7/24;GATEWAY=10.2.0.1' st '"addresses":[{"address":"10.1.0.5/24"}]'
CNI_ARGS='IP=10.2.0.7' st '"addresses":[]'
CNI_ARGS='GATEWAY=x' st '"addresses":[]'
CNI_ARGS='GATEWAY=10.1.0.1' st '"addresses":[{"address":"10.1.0.5/24"}]'
st '"addresses":[{"address":"10.1.0.5/24"}]' '"args":{"cni":{"ips":["10.4.0.4/16"]}}'
st '"addresses":[{"address":"10.1.0.5/24"}]' '"args":{"cni":{"ips":["10.4.0.4"]}}'
st '"addresses":[{"address":"10.1.0.5/24"}]' '"runtimeConfig":{"ips":["10.5.0.4/16","fd00::9/64"]}'
C=DEL st '"addresses":[{"address":"10.1.0.5/24"}]'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24"}]'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24","gateway":"10.1.0.1"}]' '"prevResult":{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.5/24","gateway":"10.1.0.1"}]}'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24","gateway":"10.1.0.1"}]' '"prevResult":{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.5/24","gateway":"10.1.0.2"}]}'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24"}]' '"prevResult":{"cniVersion":"0.4.0","ips":[{"version":"4","address":"10.1.0.5/24"}]}'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24"}]' '"prevResult":{"ips":[{"address":"10.1.0.5/24"}]}'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24"}]' '"prevResult":{"cniVersion":"1.0.0","ips":[{"address":"foo"}]}'
C=CHECK st '"addresses":[{"address":"10.1.0.5/24"}]' '"prevResult":7'
