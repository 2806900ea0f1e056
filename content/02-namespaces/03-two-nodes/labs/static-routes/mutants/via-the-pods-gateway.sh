# fails: node01-to-pod2, node01-is-the-client, pod1-to-pod2, pod2-to-pod1, no-nat, second-pod, after-flush
# A next hop has to be on a link of one's own; this command is refused.
sysctl -w net.ipv4.ip_forward=1
ip route add ${pods2} via ${pods2.host(1)}
# on: node02
sysctl -w net.ipv4.ip_forward=1
ip route add ${pods1} via 192.168.0.11
# answer: predict-ttl 62
