# title: three bridges in a triangle, BPDUs and topology changes on the wire
# area: bridge
# ipv6: off
for n in a b c; do ip netns add $n; done
ip -n a link add br0 type bridge forward_delay 200 hello_time 100 max_age 600 stp_state 1
ip -n b link add br0 type bridge forward_delay 200 hello_time 100 max_age 600 stp_state 1
ip -n c link add br0 type bridge forward_delay 200 hello_time 100 max_age 600 stp_state 1
ip -n a link set br0 address 02:00:00:00:00:a0
ip -n b link set br0 address 02:00:00:00:00:b0
ip -n c link set br0 address 02:00:00:00:00:c0
ip link add ab netns a type veth peer name ba netns b
ip link add bc netns b type veth peer name cb netns c
ip link add ca netns c type veth peer name ac netns a
for p in ab ac; do ip -n a link set $p master br0 up; done
for p in ba bc; do ip -n b link set $p master br0 up; done
for p in ca cb; do ip -n c link set $p master br0 up; done
for n in a b c; do ip -n $n link set br0 up; done
sleep 11
ip netns exec a bridge link
ip netns exec b bridge link
ip netns exec c bridge link
ip netns exec c brctl showstp br0 | grep -v timer
ip -n a addr add 10.0.0.1/24 dev br0
ip -n b addr add 10.0.0.2/24 dev br0
ip -n c addr add 10.0.0.3/24 dev br0
ip netns exec b ping -c 1 10.0.0.3
sleep 9
ip netns exec a bridge fdb show br br0 | grep -v permanent | wc -l
ip -n a link set ab down
sleep 11
ip netns exec b bridge link
ip netns exec c bridge link
ip netns exec b ping -c 1 10.0.0.1
ip netns exec b brctl showstp br0 | grep -v timer
ip -n a link set br0 down
sleep 11
ip netns exec b brctl showstp br0 | head -n 3
ip netns exec c bridge link
bridge -n c link set dev cb guard on
ip -n c link set ca down
sleep 3
ip netns exec c bridge link
ip -n c link set ca up
bridge -n c link set dev cb guard off
ip -n c link set cb down
ip -n c link set cb up
ip -n c link set br0 type bridge stp_state 0
sleep 5
ip netns exec c bridge link
ip -n a link set br0 up
ip -n a link set ab up
sleep 11
ip netns exec a bridge link
ip netns exec b bridge link
ip netns exec c bridge link
ip netns exec b ping -c 1 10.0.0.1
