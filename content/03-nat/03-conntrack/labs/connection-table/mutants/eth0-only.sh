# fails: not-from-db
# answer: who-is-it ${first}
# answer: silent ${silent}
iptables -A FORWARD -i eth0 -m conntrack --ctstate NEW -j DROP
