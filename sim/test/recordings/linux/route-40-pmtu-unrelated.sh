# title: a learnt path MTU outlives what does not concern it
# area: mtu
# ipv6: off
ip netns add r
ip netns add s
ip link add v0 type veth peer name r0 netns r
ip link add v1 type veth peer name r1 netns r
ip -n r link add r2 type veth peer name s0 netns s
ip addr add 10.0.0.1/24 dev v0
ip addr add 10.0.9.1/24 dev v1
ip -n r addr add 10.0.0.254/24 dev r0
ip -n r addr add 10.0.9.254/24 dev r1
ip -n r addr add 10.0.1.254/24 dev r2
ip -n s addr add 10.0.1.1/24 dev s0
ip link set v0 up
ip link set v1 up
for d in r0 r1 r2; do ip -n r link set $d up; done
ip -n s link set s0 up
ip -n r link set r2 mtu 1400
ip -n s link set s0 mtu 1400
ip netns exec r sysctl -w net.ipv4.ip_forward=1
ip route add 10.0.1.0/24 via 10.0.0.254
ip -n s route add default via 10.0.1.254
ping -c 1 -M do -s 1400 10.0.1.1
ip route get 10.0.1.1
ip link set v1 down
ip route get 10.0.1.1
ip link set v1 up
ip route get 10.0.1.1
ip addr add 10.7.7.7/32 dev lo
ip route get 10.0.1.1
ip route add 10.8.0.0/16 via 10.0.0.254
ip route get 10.0.1.1
ip link set v1 mtu 1300
ip route get 10.0.1.1
sysctl net.ipv4.route.mtu_expires net.ipv4.route.min_pmtu net.ipv4.route.min_adv_mss
ip route flush cache
ip route get 10.0.1.1
sysctl -w net.ipv4.route.mtu_expires=2
ping -c 1 -M do -s 1400 10.0.1.1
ip route get 10.0.1.1
sleep 3
ip route get 10.0.1.1
sysctl -w net.ipv4.route.mtu_expires=600
ping -c 1 -M do -s 1400 10.0.1.1
ip link set v0 mtu 1380
ip route get 10.0.1.1
ip link set v0 mtu 1500
ip route get 10.0.1.1
ip link set v0 down
ip link set v0 up
ip route add 10.0.1.0/24 via 10.0.0.254
ip route get 10.0.1.1
ping -c 1 -M do -s 1400 10.0.1.1
ping -c 1 -M do -s 1400 10.0.1.1
ip -n r link set r2 mtu 500
sysctl -w net.ipv4.route.min_pmtu=600
ip route flush cache
ping -c 1 -M do -s 1000 10.0.1.1
ping -c 1 -M do -s 1000 10.0.1.1
ip route get 10.0.1.1
sysctl -w net.ipv4.ip_no_pmtu_disc=1
ip route flush cache
ping -c 1 -s 1000 10.0.1.1
ip route get 10.0.1.1
