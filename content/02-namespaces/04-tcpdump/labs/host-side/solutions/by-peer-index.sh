i=$(ip netns exec web ethtool -S eth0 | grep peer_ifindex | tr -d -c 0-9)
dev=$(ip -o link | grep "^$i: " | cut -d' ' -f2 | cut -d@ -f1)
timeout 4 tcpdump -i $dev -w /root/web.pcap 2>/dev/null &
sleep 1
ip netns exec client curl -s http://${subnet.host(80)}:8080/
wait
# answer: end-of-web ${web}
# answer: lines-on-any 4
