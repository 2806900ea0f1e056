# fails: all-pairs, stays-repaired
ip netns del blue
# answer: cause ${fault}
