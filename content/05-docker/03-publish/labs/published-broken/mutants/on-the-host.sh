# fails: client-gets-shop, after-restart
# answer: cause ${fault}
docker rm -f shop
docker run -d --name shop --network host web serve 80 shop
