# title: promiscuous and allmulticast counts, statistics twice
# area: link
# ipv6: off
ip netns add a
ip link add v0 type veth peer name e0 netns a
ip link set v0 up
ip -n a link set e0 up
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
timeout 3 tcpdump -i v0 -n -c 1 icmp 2>/dev/null &
sleep 0.5
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
sleep 3
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
timeout 2 tcpdump -p -i v0 -n -c 1 icmp 2>/dev/null &
sleep 0.5
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
sleep 2
ip link add br0 type bridge
ip link set v0 master br0
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set v0 promisc on
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set v0 promisc on
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set v0 nomaster
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set v0 promisc off
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set v0 allmulticast on
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set v0 allmulticast off
ip link add link v0 name m0 type macvlan mode bridge
ip link set m0 up
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set m0 promisc on
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link set m0 allmulticast on
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link del m0
ip link add link v0 name m1 type macvlan mode passthru
ip link set m1 up
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip link del m1
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip -d link show v0 | grep -o -e '<.*>' -e 'promiscuity.*allmulti [0-9]*'
ip addr add 10.0.0.1/24 dev v0
ip -n a addr add 10.0.0.2/24 dev e0
ping -c 3 10.0.0.2
ip -s link show v0
ip -s -s link show v0
ip -s -s link show lo
