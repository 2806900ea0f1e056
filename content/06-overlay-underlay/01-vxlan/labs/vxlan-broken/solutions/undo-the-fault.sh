# answer: cause ${fault}
case ${fault} in
  wrong-node) bridge fdb replace 02:00:00:00:00:02 dev flannel.1 dst 192.168.2.12 ;;
  missing-fdb) bridge fdb add 02:00:00:00:00:02 dev flannel.1 dst 192.168.2.12 ;;
  wrong-mac)
    ip neigh replace ${pods2.network} lladdr 02:00:00:00:00:02 dev flannel.1 nud permanent
    bridge fdb add 02:00:00:00:00:02 dev flannel.1 dst 192.168.2.12 ;;
esac
# on: node02
case ${fault} in
  wrong-vni|wrong-port)
    ip link del flannel.1
    ip link add flannel.1 address 02:00:00:00:00:02 type vxlan id 1 dstport 8472 local 192.168.2.12 dev eth0 nolearning
    ip addr add ${pods2.network}/32 dev flannel.1
    ip link set flannel.1 up
    ip route add ${pods1} via ${pods1.network} dev flannel.1 onlink
    ip neigh add ${pods1.network} lladdr 02:00:00:00:00:01 dev flannel.1 nud permanent
    bridge fdb add 02:00:00:00:00:01 dev flannel.1 dst 192.168.1.11 ;;
esac
