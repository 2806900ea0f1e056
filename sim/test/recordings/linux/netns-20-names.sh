# title: netns-20-names
# area: netns
# ipv6: off

ip netns
ip netns add a
ip netns add a
ip netns add a/b
ip netns add ''
ip netns add b c
ip netns list-id
ip netns set a 5
ip netns list-id
ip netns list
ip netns set a auto
ip netns set nosuch 1
ip netns set a bogus
ip netns del nosuch
ip netns del
ip netns exec
ip netns exec a
ip netns exec nosuch ls
ip netns exec a nosuchcmd
ip netns exec a false
ip netns exec a sh -c 'exit 7'
ip netns identify
ip netns identify $$
ip netns exec a ip netns identify
ip netns identify 999999
ip netns pids a
ip netns exec a sleep 30 & sleep 0.3
ip netns pids a | wc -l
ip netns del a
ip netns list
kill %1; wait %1 2>/dev/null
ip netns add a; ip netns add b
ip -all netns exec ip -br link
ip -n a link add v0 type veth peer name v1 netns b
ip -n a -br link
ip -n b -br link
ip -n a link set v0 netns b name w0
ip -n b -br link
ip -n b link set w0 netns 1
ip -n b link set v1 netns nosuch
ip -n b link set lo netns a
ip -n b link set v1 netns a up
ip -n a -br link
ip -n a link set v1 netns $$
ip -br link
ip netns attach c $$
ip netns list
ip netns exec c ip -br link show lo
ip netns attach d 999999
ls /run/netns
stat -c %F /run/netns/a
ip netns delete c
ip -all netns del
ip netns list
unshare -n ip -br link
unshare -n sh -c 'ip link set lo up; ip -br addr'
nsenter --net=/run/netns/nosuch ip link
ip netns add z; nsenter --net=/run/netns/z ip -br link
lsns -t net | head -1
lsns -t net -o NS,TYPE,NPROCS -n | wc -l
readlink /proc/self/ns/net | sed 's/[0-9]*//g'
ip netns exec z readlink /proc/self/ns/net | sed 's/[0-9]//g'
ip netns exec z cat /proc/net/dev
ip netns exec z ls /sys/class/net
mkdir -p /etc/netns/z; echo 1.2.3.4 zz > /etc/netns/z/hosts; ip netns exec z cat /etc/hosts
ip netns bogus
ip netns help 2>&1 | head -4
ip -n nosuch link
ip -V | cut -d- -f1
ip bogus
ip -bogus link
ip -4 -6 -br addr
ip -netns z -br addr
ip -batch - <<< 'link show bogus'
printf 'link set lo up\naddr show bogus\nlink show lo\n' | ip -n z -force -batch -
printf 'netns list\n' | ip -b -
