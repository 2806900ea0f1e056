# fails: who-is-it, silent
# answer: who-is-it nobody
# answer: silent 203.0.113.80
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables -A FORWARD -i cni0 -j ACCEPT
