# fails: admin-closed
# answer: cause ${fault}
iptables -t raw -F
iptables -t nat -F PREROUTING
iptables -t nat -A PREROUTING -i eth0 -p tcp --dport ${port} -j DNAT --to-destination ${pods.host(2)}:80
ip -n web route replace default via ${pods.host(1)}
iptables -P FORWARD ACCEPT
