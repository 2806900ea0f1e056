# title: tcpdump-20-filters
# area: tcpdump
# ipv6: off

ip netns add a; ip netns add b
ip link add eth0 netns a address 02:00:00:00:00:0a type veth peer name eth0 netns b address 02:00:00:00:00:0b
ip -n a addr add 10.0.0.1/24 dev eth0; ip -n b addr add 10.0.0.2/24 dev eth0
ip -n a link set eth0 up; ip -n b link set eth0 up; ip -n a link set lo up; ip -n b link set lo up
ip netns exec b serve 80 web & sleep 0.2
ip netns exec a tcpdump -i eth0 -w /tmp/c -U 2>/dev/null & sleep 0.7
ip netns exec a ping -c 1 10.0.0.2 >/dev/null; ip netns exec a curl -s 10.0.0.2; ip netns exec a ping -c 1 -s 2000 10.0.0.2 >/dev/null;  echo hi | ip netns exec a nc -u -w 1 10.0.0.2 9; ip netns exec a ping -c 1 -Q 0x28 -t 3 -M do 10.0.0.2 > /dev/null; sleep 0.5; kill %2; wait %2
tcpdump -nr /tmp/c
tcpdump -r /tmp/c -n icmp
tcpdump -nvr /tmp/c icmp
tcpdump -nvvr /tmp/c arp
tcpdump -ner /tmp/c arp
tcpdump -nexr /tmp/c arp
tcpdump -nXXr /tmp/c arp
tcpdump -nxxr /tmp/c arp
tcpdump -nqr /tmp/c
tcpdump -tnr /tmp/c arp
tcpdump -nr /tmp/c -c 1
tcpdump -nr /tmp/c 'tcp[tcpflags] & tcp-syn != 0'
tcpdump -nr /tmp/c 'tcp[13] == 2'
tcpdump -nr /tmp/c 'tcp[tcpflags] & (tcp-fin|tcp-rst) != 0'
tcpdump -nr /tmp/c 'icmp[icmptype] == icmp-echo'
tcpdump -nr /tmp/c 'icmp[0] == 0 and greater 100'
tcpdump -nr /tmp/c less 60
tcpdump -nr /tmp/c 'greater 1000'
tcpdump -nr /tmp/c 'ip[6:2] & 0x1fff != 0'
tcpdump -nr /tmp/c 'ip[6] & 0x20 != 0'
tcpdump -nr /tmp/c 'ip[8] == 3'
tcpdump -nr /tmp/c 'ip[1] != 0'
tcpdump -nr /tmp/c udp
tcpdump -nr /tmp/c 'udp port 9'
tcpdump -nr /tmp/c 'portrange 80-90 and src host 10.0.0.1' | wc -l
tcpdump -nr /tmp/c 'src net 10.0.0.0/24 and not tcp and not icmp'
tcpdump -nr /tmp/c 'ether src 02:00:00:00:00:0b and arp'
tcpdump -nr /tmp/c 'ether host 02:00:00:00:00:0c'
tcpdump -nr /tmp/c 'ether broadcast'
tcpdump -nr /tmp/c 'host 10.0.0.9 or arp'
tcpdump -nr /tmp/c 'ip proto 1 and len > 1000'
tcpdump -nr /tmp/c 'tcp and dst port http and tcp[32:4] = 0x47455420'
tcpdump -nr /tmp/c 'vlan'
tcpdump -nr /tmp/c 'bogus'
tcpdump -nr /tmp/c 'host'
tcpdump -nr /tmp/c 'port 99999'
tcpdump -nr /tmp/c 'host 300.1.1.1'
tcpdump -nr /tmp/c 'tcp['
tcpdump -nr /tmp/c 'net 10.0.0.1/24'
tcpdump -nr /tmp/c 'icmp and and tcp'
tcpdump -nr /tmp/nosuch
tcpdump -nr /etc/hosts
tcpdump -i nosuch
tcpdump -nr /tmp/c -w /tmp/c2 arp
tcpdump -nr /tmp/c2
tcpdump -Snr /tmp/c 'tcp[tcpflags] & tcp-syn == 0' | wc -l
tcpdump -Knr /tmp/c -v 'udp' | tail -1
tcpdump -nr /tmp/c -F /dev/null -c 1
tcpdump -nnr /tmp/c -vvv 'tcp[tcpflags] == tcp-syn'
tcpdump -tttt -nr /tmp/c -c 1 2>/dev/null | wc -w
tcpdump -ttt -nr /tmp/c -c 1 2>/dev/null
tcpdump -s 40 -nr /tmp/c -c 3
