# fails: end-of-web, handshake-captured
ip netns exec client curl -s http://${subnet.host(80)}:8080/
timeout 3 tcpdump -i ${web} -w /root/web.pcap tcp 2>/dev/null
# answer: end-of-web cni0
# answer: lines-on-any 4
