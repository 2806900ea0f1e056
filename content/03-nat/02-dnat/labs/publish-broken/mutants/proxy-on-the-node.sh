# fails: from-outside, lasts
# Something answers on the port, but it is not web.
# answer: cause ${fault}
iptables -t raw -F
iptables -t nat -F PREROUTING
serve ${port} node01 >/dev/null 2>&1 &
sleep 1
