# fails: host2-to-host1, stays-repaired, host1-to-host2, by-the-router, nas-is-there
# answer: cause ${fault}
ip link set eth0 down
