# fails: stays-repaired
# A router in place of the switch, with neighbours written by hand that the next flush of the learner's own cron takes away.
bridge fdb del 02:00:00:00:00:03 dev veth-green master 2>/dev/null
ip link set veth-blue master br0 up
for dev in veth-red veth-blue; do bridge link set dev $dev isolated off; done
ip -n blue addr flush dev eth0
ip -n blue addr add ${subnet.cidr(3)} dev eth0 valid_lft 120 preferred_lft 120
# answer: cause ${fault}
