# fails: evidence, client-gets-answer, lasts
# answer: cause ${fault}
# on: node02
kill $(ip netns pids web)
ip netns del web
sleep 1
