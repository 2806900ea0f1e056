# fails: host-reaches-web, web-reaches-host, works-after-flush, web-reaches-far, web-survives
# The address went when the device moved.
ip -n old link set eth0 netns web
ip -n web link set eth0 up
ip netns del old
