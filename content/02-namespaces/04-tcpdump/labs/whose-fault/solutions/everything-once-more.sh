# Repairs whatever it was; the proof comes from both devices, the later one kept if it has anything.
# answer: cause ${fault}
# on: node02
timeout 12 tcpdump -i eth0 -w /root/first.pcap tcp >/dev/null 2>&1 &
timeout 12 tcpdump -i veth5eb00802 -w /root/second.pcap tcp >/dev/null 2>&1 &
sleep 1
# on: node01
ip netns exec client nc -z -w 3 ${pods2.host(80)} 8080
# on: node02
sleep 15
if [ "$(tcpdump -r /root/second.pcap 2>/dev/null | wc -l)" -gt 0 ]; then
  cp /root/second.pcap /root/evidence.pcap
else
  cp /root/first.pcap /root/evidence.pcap
fi
sysctl -w net.ipv4.ip_forward=1
ip neigh flush all
ip neigh del ${pods2.host(80)} dev cni0
ip -n web route replace default via ${pods2.host(1)}
ip netns exec web ss -Hltn | grep -q '0.0.0.0:8080' || {
  ip netns exec web serve -b ${pods2.host(80)} 8080 web >/dev/null 2>&1 &
  sleep 1
}
