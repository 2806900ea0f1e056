const ADDRESS = '10.0.$(( (i + 1) / 250 )).$(( (i + 1) % 250 + 2 ))';

/** A bridge and `n` namespaces on it, by single `ip` commands. */
export const star = (n: number): string => `
ip link add br0 type bridge; ip addr add 10.0.0.1/16 dev br0; ip link set br0 up
for ((i = 1; i <= ${n}; i++)); do
  ip netns add p$i
  ip link add v$i type veth peer name eth0 netns p$i
  ip link set v$i master br0 up
  ip -n p$i addr add ${ADDRESS}/16 dev eth0
  ip -n p$i link set eth0 up
  ip -n p$i route add default via 10.0.0.1
done
`;

/** Every namespace pings every other, one after the other; exit 1 if one failed. */
export const allPairs = (n: number): string => `
fail=0
for ((i = 1; i <= ${n}; i++)); do for ((j = 1; j <= ${n}; j++)); do
  [ $i = $j ] || ip netns exec p$i ping -q -c 1 -W 1 ${ADDRESS.replaceAll('i + 1', 'j + 1')} > /dev/null || fail=$((fail + 1))
done; done
[ $fail = 0 ]
`;
