# answer: who-is-it ${first}
# answer: silent ${silent}
iptables -A FORWARD ! -i cni0 -o cni0 -m conntrack --ctstate NEW,INVALID -j REJECT
