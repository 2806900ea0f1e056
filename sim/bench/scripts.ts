const address = (index: string): string =>
  `10.0.$(( (${index} + 1) / 250 )).$(( (${index} + 1) % 250 + 2 ))`;

/** A bridge and `n` namespaces on it, by single `ip` commands. */
export const star = (n: number): string => `
ip link add br0 type bridge; ip addr add 10.0.0.1/16 dev br0; ip link set br0 up
for ((i = 1; i <= ${n}; i++)); do
  ip netns add p$i
  ip link add v$i type veth peer name eth0 netns p$i
  ip link set v$i master br0 up
  ip -n p$i addr add ${address('i')}/16 dev eth0
  ip -n p$i link set eth0 up
  ip -n p$i route add default via 10.0.0.1
done
`;

/** The same by batches: one for the host, one for each namespace. */
export const batchStar = (n: number): string => `
{ echo "link add br0 type bridge"; echo "addr add 10.0.0.1/16 dev br0"; echo "link set br0 up"
  for ((i = 1; i <= ${n}; i++)); do
    echo "netns add p$i"
    echo "link add v$i type veth peer name eth0 netns p$i"
    echo "link set v$i master br0 up"
  done; } | ip -batch -
for ((i = 1; i <= ${n}; i++)); do
  printf 'addr add 10.0.%d.%d/16 dev eth0\\nlink set eth0 up\\nroute add default via 10.0.0.1\\n' \\
    $(( (i + 1) / 250 )) $(( (i + 1) % 250 + 2 )) | ip -n p$i -batch -
done
`;

/** Takes a star down; the bridge goes last. */
export const teardown = (n: number): string => `
for ((i = 1; i <= ${n}; i++)); do ip netns del p$i; done
ip link del br0
`;

/** Every namespace pings every other, one after the other; exit 1 if one failed. */
export const allPairs = (n: number): string => `
fail=0
for ((i = 1; i <= ${n}; i++)); do for ((j = 1; j <= ${n}; j++)); do
  [ $i = $j ] || ip netns exec p$i ping -q -c 1 -W 1 ${address('j')} > /dev/null || fail=$((fail + 1))
done; done
[ $fail = 0 ]
`;

/** The same, two at a time by xargs. */
export const allPairsXargs = (n: number): string => `
for ((i = 1; i <= ${n}; i++)); do for ((j = 1; j <= ${n}; j++)); do
  [ $i = $j ] || echo p$i ${address('j')}
done; done > /tmp/pairs
xargs -P 2 -n 2 sh -c 'ip netns exec $0 ping -q -c 1 -W 1 $1 > /dev/null' < /tmp/pairs
`;

/** Nothing but namespaces with `lo` up. */
export const idle = (n: number): string =>
  `for ((i = 1; i <= ${n}; i++)); do ip netns add p$i; ip -n p$i link set lo up; done`;
