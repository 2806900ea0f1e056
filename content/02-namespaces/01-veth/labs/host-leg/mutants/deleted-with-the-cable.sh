# fails: host-reaches-web, web-reaches-host, works-after-flush, web-reaches-far, web-survives
# The namespace takes its veth end along, and that end its peer.
ip netns del old
sleep 1
