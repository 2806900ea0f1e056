# In promiscuous mode the bridge device gets a copy of what it forwards; the filter keeps the rest out.
timeout 4 tcpdump -i cni0 -w /root/web.pcap tcp and host ${subnet.host(80)} 2>/dev/null &
sleep 1
ip netns exec client curl -s http://${subnet.host(80)}:8080/
wait
# answer: end-of-web ${web}
# answer: lines-on-any 4
