# fails: both-ways
# answer: cause ${fault}
ip route flush cache
