# fails: learnt, comes-back
# answer: cause ${fault}
# on: tor01
ip route replace ${pods2} via 192.168.2.12
