# answer: cause ${fault}
# on: router1
iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss $((${segment} - 40))
# on: router2
ip link set eth0 mtu 1500
