# title: ip tuntap: options, flags and errors
# area: link
# ipv6: off
ip tuntap add tun1 mode tun user 0 group 100
ip tuntap show
ip -d link show tun1
cat /sys/class/net/tun1/owner
cat /sys/class/net/tun1/group
ip tuntap add dev mq0 mode tun multi_queue
ip -d link show mq0
cat /sys/class/net/mq0/tun_flags
ip tuntap add dev pi0 mode tap pi
ip tuntap add dev vh0 mode tap vnet_hdr
ip tuntap add dev oq0 mode tun one_queue
ip tuntap list
ip -d tuntap list
ip tuntap show dev tun1
ip -d link show pi0
ip -d link show vh0
ip tuntap add mode tun
ip tuntap add mode tap
ip tuntap add mode tun name tn5
ip tuntap lst
ip tuntap show
ip tuntap add dev tun9
ip tuntap add tun9
ip tuntap add mode foo
ip tuntap add dev x mode
ip tuntap add dev averyveryverylongname mode tun
ip tuntap add dev "a/b" mode tun
ip tuntap del dev nosuch mode tun
ip tuntap del mode tun
ip tuntap foo
ip tuntap help
ip tuntap add dev u1 mode tun user nosuchuser
ip tuntap add dev u2 mode tun user root
ip tuntap add dev u3 mode tun group nosuchgroup
ip tuntap show
ip link add tun7 type tun
ip link add tap7 type tun mode tap
ip link del tun1
ip tuntap show
ip -j tuntap show
ip -j -p tuntap show
ip -j -d link show tun0
ip link set tun0 mtu 70000
ip link set tun0 mtu 60
ip link set tun0 mtu 9000
ip link show tun0
ip link set tun0 address 02:00:00:00:00:01
ip link set tap0 address 02:00:00:00:00:01
ip link show tap0
