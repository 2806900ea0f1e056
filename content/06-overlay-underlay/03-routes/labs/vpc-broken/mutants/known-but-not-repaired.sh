# fails: pod1-to-pod2, pod2-to-pod1, second-pod, no-envelope
# answer: cause ${fault}
