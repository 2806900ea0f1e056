# fails: from-outside, lasts
# answer: cause ${fault}
