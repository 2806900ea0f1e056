# title: tun and tap devices that no program holds
# area: link
# ipv6: off
ip tuntap add dev tun0 mode tun
ip tuntap add dev tap0 mode tap
ip tuntap show
ip tuntap
ip -d link show tun0
ip -d link show tap0
ip addr add 10.5.0.1/24 dev tun0
ip link set tun0 up
ip link show tun0
ip link set tap0 up
ip link show tap0
ip addr show tun0
ip route show
ip route get 10.5.0.2
ping -c 1 -W 1 10.5.0.2
ip -s link show tun0
ip route add 10.6.0.0/16 dev tun0
ip route show
cat /sys/class/net/tun0/carrier
cat /sys/class/net/tun0/operstate
cat /sys/class/net/tun0/type
cat /sys/class/net/tap0/type
cat /sys/class/net/tun0/tun_flags
cat /sys/class/net/tap0/tun_flags
cat /sys/class/net/tun0/owner
cat /sys/class/net/tun0/group
cat /sys/class/net/tun0/flags
cat /sys/class/net/tun0/tx_queue_len
ip tuntap add dev tun0 mode tun
ip tuntap add dev tun0 mode tap
ip tuntap add dev lo mode tun
ip tuntap del dev tun0 mode tap
ip tuntap del dev tun0 mode tun
ip tuntap del dev tun0 mode tun
ip link show tun0
ip link del tap0
ip tuntap show
