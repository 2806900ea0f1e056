# fails: all-pairs, stays-repaired
# answer: cause ${fault}
