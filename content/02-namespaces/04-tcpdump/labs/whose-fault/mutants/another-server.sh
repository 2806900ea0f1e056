# fails: evidence, cause, client-gets-answer, lasts
# The answer comes from node02, which took the address to itself, and not from web.
# on: node02
ip addr add ${pods2.host(80)}/32 dev lo
serve -b ${pods2.host(80)} 8080 node02 >/dev/null 2>&1 &
sleep 1
