# fails: pod1-out, late-pod-out, lease-changes, router-knows-nothing, mail-fixed
# on: router01
ip route add ${pods} via 192.168.0.11
