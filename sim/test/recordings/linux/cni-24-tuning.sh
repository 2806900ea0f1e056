# title: tuning: sysctl, mac, promisc, mtu, and what DEL gives back
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0
ip netns add c1
ip link add h0 type veth peer name eth0 address 02:00:00:00:00:11 netns c1
ip link set h0 up
ip -n c1 link set eth0 up
PR='"prevResult":{"cniVersion":"1.0.0","interfaces":[{"name":"eth0","mac":"02:00:00:00:00:11","sandbox":"/run/netns/c1"}],"ips":[{"interface":0,"address":"10.1.0.2/24"}]}'
tu() { echo "{\"cniVersion\":\"1.0.0\",\"name\":\"n\",\"type\":\"tuning\",$2}" | CNI_COMMAND=$1 /usr/lib/cni/tuning; echo " [$?]"; }

tu ADD '"mtu":1400'
tu ADD '"mtu":1400,'"$PR"
ip -n c1 link show eth0
cat /run/cni/tuning/c1_eth0.json; echo
tu CHECK '"mtu":1400,'"$PR"
tu CHECK '"mtu":1300,'"$PR"
tu DEL '"mtu":1400'
ip -n c1 link show eth0
ls /run/cni/tuning
tu ADD '"mac":"02:00:00:00:00:99","promisc":true,"allmulti":true,"mtu":1450,'"$PR"
ip -n c1 link show eth0
cat /run/cni/tuning/c1_eth0.json; echo
tu CHECK '"mac":"02:00:00:00:00:99","promisc":true,'"$PR"
tu CHECK '"mac":"02:00:00:00:00:98","promisc":true,'"$PR"
tu CHECK '"promisc":false,'"$PR"
tu DEL '"mtu":1400,"promisc":true'
ip -n c1 link show eth0
tu DEL '"mtu":1400,"promisc":true'
tu ADD '"sysctl":{"net.ipv4.conf.eth0.arp_filter":"1"},'"$PR"
ip netns exec c1 sysctl net.ipv4.conf.eth0.arp_filter
tu ADD '"sysctl":{"net.ipv4.conf.IFNAME.rp_filter":"2"},'"$PR"
ip netns exec c1 sysctl net.ipv4.conf.eth0.rp_filter
tu CHECK '"sysctl":{"net.ipv4.conf.eth0.rp_filter":"1"},'"$PR"
tu CHECK '"sysctl":{"net.ipv4.conf.eth0.rp_filter":"2"},'"$PR"
tu ADD '"sysctl":{"kernel.hostname":"x"},'"$PR"
tu ADD '"sysctl":{"net.ipv4.nothing":"1"},'"$PR"
tu ADD '"sysctl":{"net.core.somaxconn":"500"},'"$PR"
ip netns exec c1 sysctl net.core.somaxconn
tu ADD '"mac":"bad",'"$PR"
tu ADD '"mtu":10,'"$PR"
tu ADD '"mtu":"x",'"$PR"
CNI_IFNAME=eth7 tu ADD '"mtu":1400,'"$PR"
CNI_NETNS=/run/netns/no tu ADD '"mtu":1400,'"$PR"
CNI_NETNS=/run/netns/no tu DEL '"mtu":1400'
tu ADD '"mtu":1400,"args":{"cni":{"mtu":1280}},'"$PR"
ip -n c1 link show eth0 | grep -o 'mtu [0-9]*'
CNI_ARGS='MAC=02:00:00:00:00:77' tu ADD '"runtimeConfig":{"mac":"02:00:00:00:00:78"},'"$PR"
