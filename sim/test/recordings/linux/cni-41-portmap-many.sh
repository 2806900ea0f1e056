# title: portmap with many ports, two families, a long name
# area: cni

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=abcdefghijklmnopqrstuvwxyz0123456789 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0
ip netns add c1
PR='"prevResult":{"cniVersion":"0.4.0","interfaces":[{"name":"br"},{"name":"eth0","sandbox":"/run/netns/c1"}],"ips":[{"version":"4","interface":0,"address":"10.9.0.1/24"},{"version":"4","interface":1,"address":"10.9.0.2/24"},{"version":"6","interface":1,"address":"fd00:9::2/64"}]}'
P=$(for i in $(seq 1 17); do echo -n "{\"hostPort\":$((9000+i)),\"containerPort\":$i,\"protocol\":\"tcp\"},"; done; echo '{"hostPort":53,"containerPort":5353,"protocol":"udp","hostIP":"::1"}')
pm() { echo "{\"cniVersion\":\"0.4.0\",\"name\":\"$2\",\"type\":\"portmap\",\"runtimeConfig\":{\"portMappings\":[$P]},$PR}" | CNI_COMMAND=$1 /usr/lib/cni/portmap; echo " [$?]"; }

pm ADD many
iptables -t nat -S
ip6tables -t nat -S
pm CHECK many
pm DEL many
iptables -t nat -S
ip6tables -t nat -S
P='{"hostPort":5000,"containerPort":5,"protocol":"sctp"}'
pm ADD sctp
iptables -t nat -S | grep sctp
pm DEL sctp
P='{"hostPort":5000,"containerPort":5,"protocol":"bogus"}'
pm ADD bogus
P='{"hostPort":70000,"containerPort":5,"protocol":"tcp"}'
pm ADD big
P='{"hostPort":5000,"containerPort":5,"protocol":"tcp","hostIP":"bad"}'
pm ADD badip
iptables -t nat -S | grep -c CNI
