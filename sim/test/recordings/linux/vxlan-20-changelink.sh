# title: vxlan-20-changelink
# area: vxlan
# ipv6: off

ip link add e0 type veth peer name e1
ip link set e0 up
ip link set e1 up
ip addr add 192.168.0.1/24 dev e0
ip link add vx0 type vxlan id 42 dev e0 dstport 4789 remote 192.168.0.2
ip link set vx0 type vxlan ageing 10
ip link set vx0 type vxlan id 43
ip link set vx0 type vxlan dstport 4790
ip link set vx0 type vxlan remote 192.168.0.3
ip -d link show vx0 | sed -n 3p | cut -d' ' -f1-20
bridge fdb show dev vx0
ip link set vx0 type vxlan local 192.168.0.1
ip link set vx0 type vxlan nolearning
ip link set vx0 type vxlan proxy
ip link set vx0 type vxlan rsc
ip link set vx0 type vxlan l2miss
ip link set vx0 type vxlan l3miss
ip link set vx0 type vxlan ttl 5
ip link set vx0 type vxlan tos 8
ip link set vx0 type vxlan maxaddress 100
ip link set vx0 type vxlan srcport 1000 2000
ip link set vx0 type vxlan noudpcsum
ip link set vx0 type vxlan udpcsum
ip link set vx0 type vxlan external
ip link set vx0 type vxlan bogus
ip link set vx0 type vxlan
ip -d link show vx0 | sed -n 3p | cut -d' ' -f1-30
ip link set vx0 type bridge stp_state 1
ip link set vx0 type bogus
ip link set e0 type vxlan ageing 5
ip link set e0 type veth
ip link set e0 type veth bogus
ip link add mv0 link e0 type macvlan mode bridge
ip link set mv0 type macvlan mode private
ip -d link show mv0 | sed -n 3p | cut -d' ' -f1-8
ip link set mv0 type macvlan mode vepa
ip -d link show mv0 | sed -n 3p | cut -d' ' -f1-8
ip link set mv0 type macvlan mode passthru
ip link set mv0 type macvlan mode bogus
ip link set mv0 type macvlan mode
ip link set mv0 type macvlan bogus 1
ip link add mv1 link e0 type macvlan mode passthru
ip link add mv1 link e0 type macvlan mode bogus
ip link add mv1 type macvlan
ip link add mv2 link e0 type macvlan
ip -d link show mv2 | sed -n 3p | cut -d' ' -f1-8
ip link add br0 type bridge
ip link set mv0 master br0
ip link set e1 master br0
ip link set e1 type bridge_slave hairpin on cost 7 priority 9
ip -d link show e1 | sed -n 4p | cut -d' ' -f1-16
ip -d link show e1 | sed -n 5p | cut -d' ' -f1-16
ip link set e0 type bridge_slave hairpin on
ip link set e1 type bridge_slave priority 64
ip link set e1 type bridge_slave cost 0
ip link set e1 type bridge_slave bogus 1
ip link set br0 type bridge ageing_time 1000 forward_delay 300 hello_time 50
ip link set br0 type bridge max_age 100
ip link set br0 type bridge ageing_time bogus
ip link set br0 type bridge bogus 1
ip link set br0 type bridge priority 100
ip -d link show br0 | grep -o 'priority [0-9]*'
ip link set br0 type bridge group_fwd_mask 0x8
ip link set br0 type bridge group_fwd_mask 0x1
ip link set br0 type bridge mcast_snooping 0
ip link set br0 type bridge nf_call_iptables 1
ip link set br0 type bridge mcast_querier 1
ip link set br0 type bridge fdb_flush
ip link set br0 type bridge group_address 01:80:c2:00:00:05
ip link add vx2 type vxlan
ip link add vx2 type vxlan id 5 group 239.1.1.1
ip link add vx2 type vxlan id 5 group 10.0.0.1 dev e0
ip link add vx2 type vxlan id 5 remote 239.1.1.1 dev e0
ip link add vx2 type vxlan id 5 dstport 99999
ip link add vx2 type vxlan id 5 dev nosuch
ip link add vx2 type vxlan id bogus
ip link add vx2 type vxlan id 5 ttl 300 dstport 0
ip link add vx2 type vxlan id 5 dstport 4789 local bogus
ip link add vx2 type vxlan id 42 dstport 4789
ip link add vx2 type vxlan id 6 dstport 4789 external
ip link add vx2 type vxlan id 6 dstport 4789 srcport 2 1
ip link add vx2 type vxlan id 6 dstport 4789 nolearning proxy l2miss l3miss rsc ttl 9 tos inherit
ip -d link show vx2 | sed -n 3p | cut -d' ' -f1-24
ip link add vx3 mtu 1600 type vxlan id 8 dstport 4789 dev e0
ip link show type vxlan
ip link del vx2 type vxlan
ip link help vxlan 2>&1 | head -3
ip link add help 2>&1 | head -3
ip link add type vxlan help 2>&1 | head -3
ip link add v1 type veth peer v1
ip link add v1 type veth peer name v2 bogus
ip link add v1 type veth peer name v2 address zz
ip link add type veth
ip link add veth0 index 99 type veth peer name veth9 index 98
