# title: route-20-forms
# area: route
# ipv6: off

ip netns add a; ip netns add b
ip link add eth0 netns a address 02:00:00:00:00:0a type veth peer name eth0 netns b address 02:00:00:00:00:0b
ip -n a addr add 10.0.0.1/24 dev eth0; ip -n b addr add 10.0.0.2/24 dev eth0
ip -n a link set eth0 up; ip -n b link set eth0 up; ip -n a link set lo up; ip -n b link set lo up
ip -n a route add 10.5.0.0/16 via 10.0.0.2
ip -n a route append 10.5.0.0/16 via 10.0.0.3
ip -n a route show 10.5.0.0/16
ip -n a route prepend 10.5.0.0/16 via 10.0.0.4
ip -n a route show 10.5.0.0/16
ip -n a route change 10.5.0.0/16 via 10.0.0.5
ip -n a route replace 10.5.0.0/16 via 10.0.0.6 metric 50
ip -n a route show 10.5.0.0/16
ip -n a route del 10.5.0.0/16 via 10.0.0.4
ip -n a route del 10.5.0.0/16
ip -n a route del 10.5.0.0/16
ip -n a route del 10.5.0.0/16
ip -n a route del 10.5.0.0/16
ip -n a route show
ip -n a route add blackhole 10.6.0.0/16
ip -n a route add unreachable 10.7.0.0/16 metric 10
ip -n a route add prohibit 10.8.0.0/16
ip -n a route add throw 10.9.0.0/16
ip netns exec a ping -c 1 -W 1 10.6.0.1
ip netns exec a ping -c 1 -W 1 10.7.0.1
ip netns exec a ping -c 1 -W 1 10.8.0.1
ip netns exec a ping -c 1 -W 1 10.9.0.1
ip -n a route get 10.6.0.1
ip -n a route get 10.7.0.1
ip -n a route get 10.8.0.1
ip -n a route get 10.9.0.1
ip -n a route add local 10.10.0.0/16 dev lo
ip netns exec a ping -c 1 -W 1 10.10.3.4 | tail -3
ip -n a route show table local
ip -n a route show table all | grep -v ' table local'
ip -n a route add 10.11.0.0/16 nexthop via 10.0.0.2 weight 1 nexthop via 10.0.0.3 weight 3
ip -n a route show 10.11.0.0/16
ip -n a -d route show 10.11.0.0/16
ip -n a -j route show 10.11.0.0/16
ip -n a route add 10.12.0.0/16 via 10.0.0.2 mtu lock 1400 advmss 1000 window 5000 rtt 100 initcwnd 5 initrwnd 6 quickack 1
ip -n a route show 10.12.0.0/16
ip -n a route get 10.12.1.1
ip -n a route add 10.14.0.0/16 via 10.0.0.2 src 10.0.0.9
ip -n a route add 10.14.0.0/16 via 10.99.0.2
ip -n a route add 10.14.0.0/16 via 10.99.0.2 dev eth0 onlink
ip -n a route show 10.14.0.0/16
ip -n a route add 10.15.0.1/16 via 10.0.0.2
ip -n a route add 10.16.0.0/33 via 10.0.0.2
ip -n a route add 10.16.0.0/16 via bogus
ip -n a route add 10.16.0.0/16 dev nosuch
ip -n a route add 10.16.0.0/16
ip -n a route add default dev eth0 scope link metric 5
ip -n a route add default via 10.0.0.2 proto bird metric 6
ip -n a route
ip -n a route show default
ip -n a route show root 10.0.0.0/8
ip -n a route show match 10.12.3.4
ip -n a route show exact 10.6.0.0/16
ip -n a route show via 10.0.0.2
ip -n a route show proto kernel
ip -n a route show scope link
ip -n a route show type blackhole
ip -n a route show dev eth0 metric 6
ip -n a route flush proto bird
ip -n a route flush 10.12.0.0/16
ip -n a route flush
ip -n a route flush table main
ip -n a route
ip -n a route bogus
ip -n a route add bogus 1.2.3.4
ip -n a rule add from 10.0.0.0/24 table 200 prio 100
ip -n a rule add fwmark 0x5/0xff lookup 201
ip -n a rule add to 10.3.0.0/16 unreachable prio 90
ip -n a rule add iif eth0 goto 100 prio 80
ip -n a rule add not from 10.1.0.0/16 tos 0x10 table 202 prio 70
ip -n a rule add dport 80 ipproto tcp table 203
ip -n a rule add uidrange 0-10 suppress_prefixlength 0 table main
ip -n a rule
ip -n a -j rule | head -c 400
ip -n a rule show table 200
ip -n a rule del prio 100
ip -n a rule del prio 101
ip -n a rule add from bogus
ip -n a rule add prio 10 bogus
ip -n a rule flush
ip -n a rule
