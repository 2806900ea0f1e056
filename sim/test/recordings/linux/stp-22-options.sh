# title: limits and switches of the spanning tree
# area: bridge
# ipv6: off
ip netns add a
ip link add br0 type bridge forward_delay 100 stp_state 1
ip -d link show br0 | grep -o 'forward_delay [0-9]*'
ip link add br1 type bridge forward_delay 5000 stp_state 1
ip -d link show br1 | grep -o 'forward_delay [0-9]*'
ip link add br2 type bridge hello_time 50
ip link show br2
ip link add br3 type bridge max_age 50
ip link add br4 type bridge stp_state 2
ip -d link show br4 | grep -o 'stp_state [0-9]*'
ip link set br0 type bridge forward_delay 100
ip link set br0 type bridge forward_delay 3100
ip link set br0 type bridge hello_time 2000
ip link set br0 type bridge max_age 5000
ip link set br0 type bridge priority 70000
ip link set br0 type bridge priority 61440
ip -d link show br0 | grep -o 'priority [0-9]*'
brctl setfd br0 1
brctl sethello br0 20
brctl setmaxage br0 100
brctl setbridgeprio br0 4096
brctl show br0
brctl setfd br0 4
brctl sethello br0 1.5
brctl setmaxage br0 10
brctl showstp br0 | head -n 12 | grep -v timer
brctl stp br0 off
brctl setfd br0 1
brctl setfd br0 0
ip -d link show br0 | grep -o 'forward_delay [0-9]*'
brctl stp br0 on
ip -d link show br0 | grep -o 'forward_delay [0-9]*'
cat /sys/class/net/br0/bridge/stp_state
echo 0 > /sys/class/net/br0/bridge/stp_state
cat /sys/class/net/br0/bridge/stp_state
echo 1 > /sys/class/net/br0/bridge/stp_state
echo 100 > /sys/class/net/br0/bridge/forward_delay
echo 300 > /sys/class/net/br0/bridge/forward_delay
cat /sys/class/net/br0/bridge/forward_delay
echo 12288 > /sys/class/net/br0/bridge/priority
cat /sys/class/net/br0/bridge/bridge_id
brctl stp br0 off
ip link add v0 type veth peer name e0 netns a
ip link set v0 master br0
ip link set v0 up
ip -n a link set e0 up
ip link set br0 up
sleep 0.2
bridge link
bridge link set dev v0 state 4
bridge link
bridge link set dev v0 state 1
bridge link
bridge link set dev v0 state learning
bridge link
bridge link set dev v0 state disabled
bridge link
bridge link set dev v0 state forwarding
bridge link
bridge link set dev v0 cost 0
bridge link set dev v0 cost 70000
bridge link set dev v0 cost 10
bridge link set dev v0 priority 64
bridge link set dev v0 priority 5
bridge link
brctl setpathcost br0 v0 0
brctl setportprio br0 v0 100
brctl setpathcost br0 nosuch 10
brctl setportprio nosuch v0 3
brctl stp nosuch on
brctl stp br0 maybe
brctl stp br0 on
bridge link set dev v0 state 4
bridge link
cat /sys/class/net/v0/brport/designated_port
cat /sys/class/net/v0/brport/port_id
echo 77 > /sys/class/net/v0/brport/path_cost
cat /sys/class/net/v0/brport/path_cost
echo 7 > /sys/class/net/v0/brport/priority
cat /sys/class/net/v0/brport/port_id
