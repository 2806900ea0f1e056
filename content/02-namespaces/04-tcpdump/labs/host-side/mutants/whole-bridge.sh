# fails: nothing-else, lines-on-any
timeout 4 tcpdump -i cni0 -w /root/web.pcap 2>/dev/null &
sleep 1
ip netns exec client curl -s http://${subnet.host(80)}:8080/
wait
# answer: end-of-web ${web}
# answer: lines-on-any 2
