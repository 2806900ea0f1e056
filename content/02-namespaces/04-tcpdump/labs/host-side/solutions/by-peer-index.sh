i=$(ip netns exec web ethtool -S eth0 | awk '/peer_ifindex/ {print $2}')
dev=$(ip -o link | awk -F': ' -v i=$i '$1 == i {split($2, n, "@"); print n[1]}')
timeout 4 tcpdump -i $dev -w /root/web.pcap 2>/dev/null &
sleep 1
ip netns exec client curl -s http://${subnet.host(80)}:8080/
wait
# answer: end-of-web ${web}
# answer: lines-on-any 4
