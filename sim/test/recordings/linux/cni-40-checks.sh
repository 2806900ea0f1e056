# title: CHECK of macvlan, host-device, bridge in promiscuous mode; DEL without a namespace; masquerade on ptp
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0 CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1
ip netns add c1
ip link add up0 type veth peer name up1
ip link set up0 up
ip link set up1 up
call() { jq -c "{cniVersion:\"${V:-1.0.0}\",name:\"n\",type:\"$1\",$3} + (if (input_filename|length) > 0 and . != null then {prevResult:.} else {} end)" ${4:-/tmp/null} | CNI_COMMAND=$2 /usr/lib/cni/$1 > /tmp/out; rc=$?; [ $2 = ADD ] && [ $rc = 0 ] && cp /tmp/out /tmp/r || cat /tmp/out; echo " [$rc]"; }
echo null > /tmp/null
I='ipam:{type:"host-local",subnet:"10.51.0.0/24",rangeStart:"10.51.0.7"}'

call macvlan ADD "master:\"up0\",$I"
call macvlan CHECK "master:\"up0\",$I" /tmp/r
call macvlan CHECK "master:\"up0\",mode:\"vepa\",$I" /tmp/r
call macvlan CHECK "master:\"up0\",mode:\"odd\",$I" /tmp/r
call macvlan CHECK "master:\"up1\",$I" /tmp/r
ip -n c1 link set eth0 address 02:00:00:00:00:09
call macvlan CHECK "master:\"up0\",$I" /tmp/r | sed 's/[0-9a-f:]\{17\} doesnt/X doesnt/'
ip -n c1 link del eth0
call macvlan CHECK "master:\"up0\",$I" /tmp/r
call macvlan DEL "master:\"up0\",$I"
call host-device ADD "device:\"up1\",$I"
call host-device CHECK "device:\"up1\",$I" /tmp/r
ip -n c1 addr flush dev eth0
call host-device CHECK "device:\"up1\",$I" /tmp/r
CNI_NETNS=/run/netns/zz call host-device CHECK "device:\"up1\",$I" /tmp/r
call host-device DEL "device:\"up1\",$I"
call bridge ADD "bridge:\"b0\",promiscMode:true,isGateway:true,ipMasq:true,$I"
call bridge CHECK "bridge:\"b0\",promiscMode:true,isGateway:true,$I" /tmp/r
call bridge CHECK "bridge:\"b0\",isGateway:true,$I" /tmp/r
call bridge CHECK "bridge:\"b1\",promiscMode:true,$I" /tmp/r
CNI_IFNAME=eth1 call bridge CHECK "bridge:\"b0\",promiscMode:true,$I" /tmp/r
ip link set b0 promisc off
call bridge CHECK "bridge:\"b0\",promiscMode:true,$I" /tmp/r
ip -n c1 route add 10.99.0.0/16 via 10.51.0.1
CNI_NETNS= call bridge DEL "bridge:\"b0\",ipMasq:true,$I"
ip -n c1 -br link
ls /var/lib/cni/networks/n
iptables -t nat -S | wc -l
call bridge DEL "bridge:\"b0\",ipMasq:true,$I"
iptables -t nat -S | wc -l
call ptp ADD "ipMasq:true,mtu:1300,$I,dns:{nameservers:[\"1.1.1.1\"]}"
jq -c .dns /tmp/r
iptables -t nat -S
iptables -t nat -nvL POSTROUTING
call ptp DEL "ipMasq:true,$I"
iptables -t nat -S
call ptp DEL "ipMasq:true,$I"
