# fails: learnt, client-to-pod2, pod1-to-pod2, comes-back
# answer: cause ${fault}
birdc show route
