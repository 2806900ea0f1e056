# fails: pod1-to-pod2, pod2-to-pod1, stays-repaired, not-bridged
# answer: cause ${fault}
