# fails: api-reaches-db, after-restart
# answer: cause ${fault}
