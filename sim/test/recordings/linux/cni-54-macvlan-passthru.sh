# title: macvlan passthru has the address of its lower device; names that are too long
# area: cni
# ipv6: off
ip link set lo up
ip link add averyveryverylongname type veth peer name x
ip link add s0 type veth peer name averyveryverylongname
ip link add s0 type veth peer name s1
ip link set s0 name averyveryverylongname
ip netns add c1
ip link set s0 up
ip link add m0 link s0 type macvlan mode passthru
test "$(cat /sys/class/net/m0/address)" = "$(cat /sys/class/net/s0/address)" && echo same
ip link add m1 link s0 type macvlan mode passthru
ip link add m1 link s0 type macvlan mode bridge
ip link set m0 address 02:00:00:00:00:05
ip link show s0
ip link add m2 link s1 address 02:00:00:00:00:09 type macvlan mode passthru
ip link show m2
echo '{"cniVersion":"0.4.0","name":"x","type":"macvlan","master":"s1","mode":"passthru"}' > /tmp/a
ip link del m2
ip link set s1 address 02:00:00:00:00:77
CNI_COMMAND=ADD CNI_CONTAINERID=c CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0 CNI_PATH=/usr/lib/cni /usr/lib/cni/macvlan < /tmp/a
ip -n c1 link show eth0
echo '{"cniVersion":"0.4.0","name":"x","type":"bridge","bridge":"averyveryverylongname"}' > /tmp/b
CNI_COMMAND=ADD CNI_CONTAINERID=c CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth1 CNI_PATH=/usr/lib/cni /usr/lib/cni/bridge < /tmp/b
