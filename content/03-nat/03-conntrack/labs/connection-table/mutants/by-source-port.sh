# fails: not-from-port-80, errors-come-back
# answer: who-is-it ${first}
# answer: silent ${silent}
iptables -P FORWARD DROP
iptables -A FORWARD -i cni0 -j ACCEPT
iptables -A FORWARD -i eth0 -p tcp --sport 80 -j ACCEPT
