ifconfig eth0 ${subnet.host(10)} netmask 255.255.255.0
arp -s ${subnet.host(30)} 02:00:00:00:01:03
# answer: unused host
# on: host2
ifconfig eth0 ${subnet.host(20)}/24
