# fails: host-reaches-web, web-reaches-host, works-after-flush, web-reaches-far, old-is-gone, web-survives
# A server where the cable happens to be is not the one that was asked for.
ip netns exec old serve 8080 old >/dev/null 2>&1 &
sleep 1
