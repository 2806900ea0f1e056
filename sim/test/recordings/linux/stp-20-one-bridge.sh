# title: a bridge with the spanning tree on walks its ports to forwarding
# area: bridge
# ipv6: off
ip link add br0 type bridge forward_delay 200
ip link set br0 address 02:00:00:00:00:b0
ip netns add a
ip link add v0 type veth peer name e0 netns a
ip link set v0 address 02:00:00:00:00:01
ip link set v0 master br0
ip link set br0 type bridge stp_state 1
ip link set v0 up
ip -n a link set e0 up
ip link set br0 up
bridge link
sleep 2.2
bridge link
sleep 2.2
bridge link
ip -d link show v0 | grep -o 'port_id.*designated_root [^ ]*'
ip -d link show br0 | grep -o 'bridge_id.*topology_change_detected [0-9]*'
brctl showstp br0 | grep -v -e timer -e TOPOLOGY
brctl show
cat /sys/class/net/br0/bridge/stp_state /sys/class/net/br0/bridge/forward_delay /sys/class/net/br0/bridge/hello_time /sys/class/net/br0/bridge/max_age /sys/class/net/br0/bridge/priority /sys/class/net/br0/bridge/root_id /sys/class/net/br0/bridge/bridge_id /sys/class/net/br0/bridge/root_path_cost /sys/class/net/br0/bridge/root_port /sys/class/net/br0/bridge/topology_change /sys/class/net/br0/bridge/topology_change_detected
cat /sys/class/net/v0/brport/state /sys/class/net/v0/brport/path_cost /sys/class/net/v0/brport/priority /sys/class/net/v0/brport/port_id /sys/class/net/v0/brport/port_no /sys/class/net/v0/brport/designated_root /sys/class/net/v0/brport/designated_bridge /sys/class/net/v0/brport/designated_port /sys/class/net/v0/brport/designated_cost
timeout 5 ip netns exec a tcpdump -c 1 -n -i e0 -e 2>/dev/null
timeout 5 ip netns exec a tcpdump -c 1 -n -i e0 -v 2>/dev/null
timeout 5 ip netns exec a tcpdump -c 1 -n -i e0 -xx 2>/dev/null
timeout 5 ip netns exec a tcpdump -c 1 -n -i e0 stp 2>/dev/null
ip -n a link set e0 down
sleep 0.3
bridge link
brctl showstp br0 | grep -v -e timer -e TOPOLOGY
ip -n a link set e0 up
sleep 0.3
bridge link
brctl stp br0 off
sleep 0.3
bridge link
brctl stp br0 on
sleep 0.3
bridge link
