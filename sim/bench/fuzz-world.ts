import type { Randomness } from '../base/prng';
import { drive } from '../cli/drive';
import { recordingHost } from '../cli/recorder';
import { runProgram } from '../lab/place';
import type { Host } from '../linux/host';
import type { Netns } from '../linux/netns';
import type { World } from '../linux/world';

/** Something that must not happen; `seed` alone makes it happen again. */
export interface FuzzFailure {
  readonly seed: string;
  readonly case: string;
  readonly kind: 'throw' | 'fault' | 'slow';
  readonly text: string;
}

/** What a run of either fuzzer found. */
export interface FuzzReport {
  readonly cases: number;
  /** Worlds that passed one of their bounds, by the bound: no failure. */
  readonly stopped: ReadonlyMap<string, number>;
  readonly failures: readonly FuzzFailure[];
}

/** A router with a bridge, tunnels, translation and filters; three hosts behind it, one in front. */
const NETWORK = `
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip link set lo up
ip link add br0 type bridge; ip addr add 10.1.0.1/24 dev br0; ip addr add fd01::1/64 dev br0 nodad
ip link set br0 up
for i in 1 2 3; do
  ip netns add h$i; ip -n h$i link set lo up
  ip link add v$i type veth peer name eth0 netns h$i; ip link set v$i master br0 up
  ip -n h$i addr add 10.1.0.1$i/24 dev eth0; ip -n h$i addr add fd01::1$i/64 dev eth0 nodad
  ip -n h$i link set eth0 up
  ip -n h$i route add default via 10.1.0.1; ip -n h$i route add default via fd01::1
done
ip netns add out; ip -n out link set lo up
ip link add wan type veth peer name eth0 netns out
for a in 192.0.2.1/24 2001:db8::1/64; do ip addr add $a dev wan; done
for a in 192.0.2.2/24 2001:db8::2/64; do ip -n out addr add $a dev eth0; done
ip link set wan up; ip -n out link set eth0 up
ip -n out route add default via 192.0.2.1; ip -n out route add fd01::/64 via 2001:db8::1
ip link add vx0 type vxlan id 42 dstport 4789 local 192.0.2.1 remote 192.0.2.2
ip -n out link add vx0 type vxlan id 42 dstport 4789 local 192.0.2.2 remote 192.0.2.1
ip addr add 10.42.0.1/24 dev vx0; ip link set vx0 up
ip -n out addr add 10.42.0.2/24 dev vx0; ip -n out link set vx0 up
ip link add tun4 type ipip local 192.0.2.1 remote 192.0.2.2; ip addr add 10.43.0.1/24 dev tun4
ip link set tun4 up; ip route add 10.44.0.0/16 dev tun4
ip link add link wan name wan.7 type vlan id 7; ip addr add 10.7.0.1/24 dev wan.7; ip link set wan.7 up
ip link add link wan name mv0 type macvlan mode bridge; ip addr add 192.0.2.9/24 dev mv0; ip link set mv0 up
ip link add br1 type bridge vlan_filtering 1; ip link set br1 up
ip link add d0 type dummy; ip link set d0 master br1 up; ip route add blackhole 10.66.0.0/16
ip route add 10.50.0.0/16 nexthop via 10.1.0.11 nexthop via 10.1.0.12
iptables -t nat -A POSTROUTING -s 10.1.0.0/24 -o wan -j MASQUERADE
iptables -t nat -A PREROUTING -i wan -p tcp --dport 8080 -j DNAT --to-destination 10.1.0.11:80
iptables -t nat -A PREROUTING -p udp --dport 5300 -j REDIRECT --to-ports 53
iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
iptables -t mangle -A PREROUTING -m statistic --mode random --probability 0.1 -j MARK --set-mark 7
iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP
iptables -A FORWARD -p tcp --dport 25 -j REJECT --reject-with tcp-reset
iptables -A INPUT -p udp --dport 9 -j REJECT
ip6tables -A INPUT -p udp --dport 9 -j REJECT
ip6tables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
ip netns exec h1 serve 80 one & ip netns exec h2 serve -u 53 two & ip netns exec h3 serve -6 80 three &
ip netns exec out serve 80 out & serve 80 router &
ip netns exec h1 nc -l -u 9999 > /dev/null & ip netns exec out nc 10.1.0.1 80 < /dev/zero > /dev/null &
sleep 3
`;

/** So much that what ends a fuzz world is its number of cases. */
const LIMITS = { events: 1e12, virtualUs: 1e15, cpuUs: 1e12 };

export interface FuzzWorld {
  readonly world: World;
  readonly host: Host;
  readonly netnses: readonly Netns[];
}

export async function fuzzWorld(seed: string, bounded: boolean): Promise<FuzzWorld> {
  const { world, host } = recordingHost(seed, bounded ? {} : LIMITS);
  const at = { host, netns: host.netns };
  await drive(runProgram(world, at, ['bash', '-c', NETWORK], { timeoutUs: 60_000_000 }));
  return { world, host, netnses: [...host.netnses] };
}

/** The seed of the k-th world of a run; the first has the run's own, so that it can be run alone. */
export const worldSeed = (seed: string, k: number): string => (k === 0 ? seed : `${seed}.${k}`);

/** What the processes of a world died of, as failures. */
export function faultsOf(
  world: World,
  at: { readonly seed: string; readonly case: string },
): FuzzFailure[] {
  return world.kernel.faults.splice(0).map((text) => ({ ...at, kind: 'fault', text }));
}

export type Choose = Pick<ReturnType<Randomness['stream']>, 'below' | 'u32'>;

export function pick<T>(random: Choose, from: readonly [T, ...T[]]): T {
  return from[random.below(from.length)] ?? from[0];
}

export const chance = (random: Choose, oneIn: number): boolean => random.below(oneIn) === 0;

export const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
