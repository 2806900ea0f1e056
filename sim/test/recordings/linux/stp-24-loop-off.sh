# title: BPDUs and reserved addresses without the protocol; root block
# area: bridge
# ipv6: off
for n in a m b; do ip netns add $n; done
ip -n a link add br0 type bridge forward_delay 200 hello_time 100 max_age 600 stp_state 1 priority 100
ip -n m link add br0 type bridge
ip -n b link add br0 type bridge forward_delay 200 hello_time 100 max_age 600 stp_state 1
ip -n a link set br0 address 02:00:00:00:00:a0
ip -n b link set br0 address 02:00:00:00:00:b0
ip link add am netns a type veth peer name ma netns m
ip link add mb netns m type veth peer name bm netns b
ip -n a link set am master br0 up
ip -n m link set ma master br0 up
ip -n m link set mb master br0 up
ip -n b link set bm master br0 up
for n in a m b; do ip -n $n link set br0 up; done
sleep 7
ip netns exec b bridge link
ip netns exec b brctl showstp br0 | grep -v -e timer -e TOPOLOGY
ip netns exec m bridge link
ip netns exec m brctl showstp br0 | grep -v -e timer -e TOPOLOGY
bridge -n b link set dev bm root_block on
sleep 2
ip netns exec b brctl showstp br0 | grep -v -e timer -e TOPOLOGY
bridge -n b link set dev bm root_block off
sleep 6
ip netns exec b brctl showstp br0 | head -n 4
bridge -n b link set dev bm guard on
sleep 2
ip netns exec b bridge link
ip netns exec b bridge -d link | grep -o 'guard [a-z]*'
ip -n m link set br0 type bridge stp_state 1
sleep 3
ip netns exec m brctl showstp br0 | head -n 4
ip -n m link set br0 down
sleep 1
ip netns exec m brctl showstp br0 | grep -v -e timer -e TOPOLOGY
ip -n a link del am
ip netns exec a brctl showstp br0 | grep -v timer
