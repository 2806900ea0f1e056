# fails: errors-come-back
# answer: who-is-it ${first}
# answer: silent ${silent}
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
iptables -A FORWARD -i cni0 -j ACCEPT
