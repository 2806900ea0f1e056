# title: tap in a bridge, tun in another namespace
# area: link
# ipv6: off
ip netns add a
ip link add br0 type bridge
ip tuntap add dev tap0 mode tap
ip tuntap add dev tun0 mode tun
ip link set tap0 master br0
ip link set tun0 master br0
ip link set br0 up
ip link set tap0 up
ip link show
bridge link
ip link set tun0 netns a
ip link set tap0 netns a
ip tuntap show
ip -n a tuntap show
ip netns exec a ip tuntap show
ip -n a link show
ip -n a addr add 10.0.0.1/24 dev tun0
ip -n a link set tun0 up
ip -n a route
ip netns exec a ping -c 1 -W 1 10.0.0.1
ip netns exec a ping -c 1 -W 1 10.0.0.2
ip -n a -s link show tun0
ip -n a tuntap del dev tun0 mode tun
ip netns del a
ip tuntap
ls -l /dev/net/tun | cut -c1-30
ip tuntap add dev tun0 mode tun
ip -n a tuntap add dev tun0 mode tun
ip -6 addr show tun0
ip link set tun0 up
ip addr show tun0
ip link set tun0 multicast off
ip link set tun0 arp on
ip link show tun0
ethtool -i tun0
ethtool tun0
