# fails: evidence, client-gets-answer, lasts
# answer: cause ${fault}
