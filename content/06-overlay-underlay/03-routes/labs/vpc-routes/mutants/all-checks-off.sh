# fails: check-of-db-stays
# answer: where-it-dies source-check
# on: vpc
ip route add ${pods1} via 10.0.1.11
ip route add ${pods2} via 10.0.2.12
for pref in 101 201 301; do ip rule del pref $pref; done
