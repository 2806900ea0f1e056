# fails: client-gets-shop, after-restart
# answer: cause ${fault}
