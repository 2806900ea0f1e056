# title: link-20-attributes
# area: link
# ipv6: off

ip netns add a; ip netns add b
ip link add eth0 netns a address 02:00:00:00:00:0a type veth peer name eth0 netns b address 02:00:00:00:00:0b
ip -n a addr add 10.0.0.1/24 dev eth0; ip -n b addr add 10.0.0.2/24 dev eth0
ip -n a link set eth0 up; ip -n b link set eth0 up; ip -n a link set lo up; ip -n b link set lo up
ip -n a link set eth0 alias "uplink of a"
ip -n a link show eth0
ip -n a link set eth0 txqueuelen 500
ip -n a link set eth0 group 7
ip -n a link show group 7
ip -n a link set dev eth0 address 02:00:00:00:00:1a
ip -n a link set eth0 address 01:00:00:00:00:01
ip -n a link set eth0 address zz
ip -n a link set eth0 mtu 67
ip -n a link set eth0 mtu 65536
ip -n a link set eth0 mtu 9000
ip -n a link set eth0 arp off
ip -n a link show eth0
ip -n a link set eth0 arp on multicast off promisc on allmulticast on
ip -n a -d link show eth0
ip -n a link set eth0 promisc off allmulticast off multicast on
ip -n a link set eth0 name up0
ip -n a link set eth0 down
ip -n a link set eth0 name up0
ip -n a link show up0
ip -n a link property add dev up0 altname uplinkinterface
ip -n a link show uplinkinterface
ip -n a addr show dev uplinkinterface
ip -n a link property del dev up0 altname uplinkinterface
ip -n a link set up0 name a/b
ip -n a link set up0 name averyveryverylongname
ip -n a link set up0 name ""
ip -n a link set up0 type bridge
ip -n a link set up0 type macvlan mode private
ip -n a link set up0 bogus 1
ip -n a link set up0 up bogus
ip -n a link set nosuch up
ip -n a link set up
ip -n a link show bogus extra
ip -n a -s -h link show up0
ip -n a -br -4 addr
ip -n a -br -c=never link
ip -n a -o addr
ip -n a -j -d link show up0 | jq -r '.[0] | .linkinfo.info_kind, .promiscuity, .min_mtu, .max_mtu'
ip -n a link set up0 carrier off
ip -n a link set up0 up
ip -n b link show eth0
ip -n a link show up
ip -n a link show type bogus
ip -n a link show master eth9
ip -n a link del lo
ip -n a link del up0 type bridge
ip -n a link delete group 7
ip -n b link
ip -n a link
