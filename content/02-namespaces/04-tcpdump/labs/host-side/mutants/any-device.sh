# fails: ethernet-headers
timeout 4 tcpdump -i any -w /root/web.pcap tcp port 8080 2>/dev/null &
sleep 1
ip netns exec client curl -s http://${subnet.host(80)}:8080/
wait
# answer: end-of-web ${web}
# answer: lines-on-any 4
