# title: macvlan modes
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0
ip netns add c1
ip netns add c2
ip link add up0 type veth peer name up1
ip link set up0 up
ip link set up1 up
ip addr add 10.5.0.1/24 dev up0
at() { echo "{\"cniVersion\":\"1.0.0\",\"name\":\"n\",\"type\":\"x\",\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.5.0.0/24\",\"rangeStart\":\"10.5.0.50\"},$3}" | CNI_COMMAND=$1 CNI_CONTAINERID=$2 CNI_NETNS=/run/netns/$2 /usr/lib/cni/${P:-macvlan}; echo " [$?]"; }

at ADD c1 '"master":"up0"'
ip -n c1 -d link show eth0
at ADD c2 '"master":"up0","mode":"private","mtu":1400'
ip -n c2 -d link show eth0
at ADD c2 '"master":"up0"'
ip -n c2 -br link
at DEL c1 '"master":"up0"'
at DEL c1 '"master":"up0"'
at DEL c2 '"master":"up0","mode":"private"'
at ADD c1 '"master":"up0","mode":"vepa"'
ip -n c1 -d link show eth0 | grep -o 'macvlan mode [a-z]*'
at DEL c1 '"master":"up0"'
at ADD c1 '"master":"up0","mode":"odd"'
at ADD c1 '"master":"none0"'
at ADD c1 '"mode":"bridge"'
at ADD c1 '"master":"up0","mtu":9000'
at ADD c1 '"master":"up0","mac":"02:aa:bb:cc:dd:01"'
ip -n c1 link show eth0 | tail -1
at DEL c1 '"master":"up0"'
at ADD c1 '"master":"up0","mac":"zz"'
CNI_ARGS='MAC=02:aa:bb:cc:dd:02' at ADD c1 '"master":"up0"'
at DEL c1 '"master":"up0"'
at DEL none '"master":"up0"'
at ADD none '"master":"up0"'
ip -br link
ls /var/lib/cni/networks/n
ip route add default via 10.5.0.2
P=macvlan at ADD c1 '"mode":"bridge"'
ip -n c1 route
P=macvlan at DEL c1 '"mode":"bridge"'
