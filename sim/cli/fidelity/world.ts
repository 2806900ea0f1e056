/** A host with a neighbour that serves pages and names, a bridge, and some files: what probes run in. A data table. */
export const LINUX_WORLD = `# title: a world to try documented options in
# settle: 0.01
ip link set lo up
ip netns add peer
ip link add eth0 type veth peer name eth0 netns peer
ip addr add 10.0.0.1/24 dev eth0
ip link set eth0 up
ip -n peer addr add 10.0.0.2/24 dev eth0
ip -n peer link set eth0 up
ip -n peer link set lo up
ip route add default via 10.0.0.2
ip link add br0 type bridge
ip link add veth0 type veth peer name veth1
ip link set veth0 master br0
ip link set br0 up
ip link set veth0 up
ip link set veth1 up
ip link add dummy0 type dummy
echo nameserver 10.0.0.2 > /etc/resolv.conf
ip netns exec peer serve 80 web > /dev/null 2>&1 &
ip netns exec peer dnsmasq --no-resolv --no-hosts --address=/web.test/10.0.0.2 --pid-file=/tmp/dnsmasq.pid --user=root > /dev/null 2>&1
printf 'one\\ntwo\\nthree\\n' > text
printf 'a b\\nb c\\n' > pairs
printf '{"a":[1,2]}\\n' > data.json
printf '*filter\\nCOMMIT\\n' > rules
printf '1\\n' > copy
mkdir -p dir/sub; touch dir/file
ln -s text link
printf 'true\\n' > script
ipset create s hash:ip
ping -c 1 10.0.0.2 > /dev/null
`;

/** The same with BIRD running, for its client. */
export const BIRD_WORLD = `${LINUX_WORLD}printf 'router id 10.0.0.1;\\nprotocol device { }\\nprotocol kernel k { ipv4 { export all; }; }\\n' > bird.conf
bird -c bird.conf
sleep 1
`;

/** A host with dockerd and one container. */
export const DOCKER_WORLD = `# title: a world to try documented options in
# needs: docker
# settle: 0.01
printf 'A=b\\n' > data.env
docker run -d --name c1 net > /dev/null
`;
