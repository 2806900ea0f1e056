# fails: resolver-gets-answers, lasts
# answer: cause ${fault}
