# fails: same-resolver
# answer: cause ${fault}
# on: internet
for pid in $(pgrep -x bash); do [ $pid = $$ ] || kill -9 $pid; done
echo "dns2 from 203.0.113.80" >> /var/log/resolver
