# fails: pod1-out, pod2-out, lasts
# answer: cause ${fault}
