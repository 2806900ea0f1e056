# fails: pod1-to-pod2, pod2-to-pod1, stays-repaired, still-vxlan, full-size
# answer: cause ${fault}
