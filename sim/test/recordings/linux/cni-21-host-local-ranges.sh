# title: host-local: ranges, requested addresses, errors
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/none CNI_IFNAME=eth0
hl() { echo "{\"cniVersion\":\"${V:-1.0.0}\",\"name\":\"${N:-n}\",\"ipam\":{\"type\":\"host-local\",$1}${2:+,$2}}" | CNI_COMMAND=${C:-ADD} /usr/lib/cni/host-local; echo " [$?]"; }

hl '"subnet":"10.1.0.0/24"'
hl '"subnet":"10.1.0.0/24"'
CNI_CONTAINERID=c2 hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00:1::/64"}]],"routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0","gw":"fd00:1::9"}]'
V=0.4.0 CNI_CONTAINERID=c3 hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00:1::/64"}]],"routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0","gw":"fd00:1::9"}]'
V=0.2.0 CNI_CONTAINERID=c4 hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00:1::/64"}]],"routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0","gw":"fd00:1::9"}]'
V=0.1.0 CNI_CONTAINERID=c5 hl '"subnet":"10.1.0.0/24"'
V=0.3.0 CNI_CONTAINERID=c6 hl '"subnet":"10.1.0.0/24"'
V=0.2.0 CNI_CONTAINERID=c7 hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.2.0.0/24"}]]'
ls /var/lib/cni/networks/n
cat /var/lib/cni/networks/n/last_reserved_ip.0
C=DEL CNI_CONTAINERID=c2 hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00:1::/64"}]]'
C=CHECK CNI_CONTAINERID=c2 hl '"subnet":"10.1.0.0/24"'
C=CHECK CNI_CONTAINERID=c3 hl '"subnet":"10.1.0.0/24"'
ls /var/lib/cni/networks/n
export N=e
hl '"subnet":"10.1.0.0/31"'
hl '"subnet":"10.1.0.1/24"'
hl '"subnet":"10.1.0.0"'
hl '"subnet":"10.1.0.0/33"'
hl '"subnet":"fd00::1/64"'
hl '"subnet":"10.1.0.0/24","rangeStart":"10.2.0.1"'
hl '"subnet":"10.1.0.0/24","rangeEnd":"10.2.0.1"'
hl '"subnet":"10.1.0.0/24","rangeStart":"10.1.0.9","rangeEnd":"10.1.0.5"'
hl '"subnet":"10.1.0.0/24","gateway":"foo"'
hl '"subnet":"10.1.0.0/24","rangeStart":5'
hl '"ranges":[]'
hl '"ranges":[[]]'
hl '"ranges":[{"subnet":"10.1.0.0/24"}]'
hl '"ranges":[[{"subnet":"10.1.0.0/24"},{"subnet":"10.1.0.0/25"}]]'
hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.1.0.128/25"}]]'
hl '"ranges":[[{"subnet":"10.1.0.0/24"},{"subnet":"fd00::/64"}]]'
hl '"ranges":[[{}]]'
hl '"routes":[{"dst":"x"}],"subnet":"10.1.0.0/24"'
hl '"routes":{"dst":"x"},"subnet":"10.1.0.0/24"'
echo '{"cniVersion":"1.0.0","name":"n"}' | CNI_COMMAND=ADD /usr/lib/cni/host-local
CNI_ARGS='IP=10.1.0.77' hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='IP=10.1.0.77' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='IP=10.1.0.1' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='IP=10.9.0.1' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='IP=foo' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='FOO=1' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='IgnoreUnknown=1;K8S_POD_NAME=p;K8S_POD_NAMESPACE=d' CNI_CONTAINERID=z2 hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='IgnoreUnknown=x' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_ARGS='bad' CNI_CONTAINERID=z hl '"subnet":"10.1.0.0/24"'
CNI_CONTAINERID=y1 hl '"subnet":"10.1.0.0/24"' '"args":{"cni":{"ips":["10.1.0.80/16"]}}'
CNI_CONTAINERID=y2 hl '"subnet":"10.1.0.0/24"' '"runtimeConfig":{"ips":["10.1.0.81"]}'
CNI_CONTAINERID=y3 hl '"subnet":"10.1.0.0/24"' '"runtimeConfig":{"ips":["x"]}'
CNI_CONTAINERID=y4 hl '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/120"}]]' '"runtimeConfig":{"ips":["fd00::20","10.1.0.82"]}'
CNI_CONTAINERID=y5 hl '"x":1' '"runtimeConfig":{"ipRanges":[[{"subnet":"10.7.0.0/24","rangeStart":"10.7.0.40"}]]}'
ls /var/lib/cni/networks/e
printf 'nameserver 10.0.0.53\n# c\nsearch a.b c.d\ndomain x.y\noptions ndots:5 edns0\n' > /tmp/rc
CNI_CONTAINERID=r1 hl '"subnet":"10.1.0.0/24","resolvConf":"/tmp/rc"'
CNI_CONTAINERID=r2 hl '"subnet":"10.1.0.0/24","resolvConf":"/tmp/none"'
CNI_CONTAINERID=r3 hl '"subnet":"10.1.0.0/24","dataDir":"/tmp/data"'
ls /tmp/data/e
cat /tmp/data/e/10.1.0.2 | od -c | head -2
for i in 1 2 3; do CNI_CONTAINERID=w$i N=w hl '"ranges":[[{"subnet":"10.8.0.0/30"},{"subnet":"10.8.1.0/30"}]]'; done
C=DEL CNI_CONTAINERID=w1 N=w hl '"ranges":[[{"subnet":"10.8.0.0/30"},{"subnet":"10.8.1.0/30"}]]'
CNI_CONTAINERID=w9 N=w hl '"ranges":[[{"subnet":"10.8.0.0/30"},{"subnet":"10.8.1.0/30"}]]'
