# fails: pods-out, errors-come-back, pods-among-themselves
# answer: who-is-it ${first}
# answer: silent ${silent}
iptables -P FORWARD DROP
