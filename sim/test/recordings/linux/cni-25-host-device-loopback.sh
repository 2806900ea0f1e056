# title: loopback, and host-device by name and by address
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0
ip netns add c1
pl() { echo "{\"cniVersion\":\"${V:-1.0.0}\",\"name\":\"n\",\"type\":\"$1\"${3:+,$3}}" | CNI_COMMAND=$2 /usr/lib/cni/$1; echo " [$?]"; }

pl loopback ADD
ip -n c1 addr
pl loopback CHECK
pl loopback DEL
pl loopback CHECK
V=0.4.0 pl loopback ADD
V=0.2.0 pl loopback ADD
pl loopback ADD '"prevResult":{"cniVersion":"1.0.0","interfaces":[{"name":"x"}],"ips":[]}'
CNI_NETNS=/run/netns/no pl loopback ADD
CNI_NETNS=/run/netns/no pl loopback DEL
CNI_NETNS= pl loopback DEL
ip link add dev0 type veth peer name dev1
ip link set dev0 address 02:00:00:00:00:31
pl host-device ADD
pl host-device ADD '"device":"none"'
pl host-device ADD '"hwaddr":"02:00:00:00:00:77"'
pl host-device ADD '"hwaddr":"zz"'
pl host-device ADD '"kernelpath":"/tmp"'
pl host-device ADD '"hwaddr":"02:00:00:00:00:31"'
ip -n c1 link show eth0
ip -br link
pl host-device ADD '"device":"dev1"'
ip -n c1 -br link
pl host-device CHECK '"device":"dev0"'
pl host-device DEL '"device":"dev0"'
pl host-device DEL '"device":"dev0"'
ip -br link
ip -n c1 -br link
