# fails: evidence, cause
# A file without a single SYN proves nothing, and the answer is a guess.
# answer: cause unplugged
# on: node02
timeout 2 tcpdump -i cni0 -w /root/evidence.pcap udp >/dev/null 2>&1
sysctl -w net.ipv4.ip_forward=1
ip neigh del ${pods2.host(80)} dev cni0
ip -n web route replace default via ${pods2.host(1)}
ip netns exec web ss -Hltn | grep -q '0.0.0.0:8080' || {
  ip netns exec web serve -b ${pods2.host(80)} 8080 web >/dev/null 2>&1 &
  sleep 1
}
