import { placeText } from '../linux/filesystem';
import type { Netns } from '../linux/netns';
import { connections, median } from './client';
import { clusterIp, type KubeService, kubeRules } from './kube-rules';
import { Bench, RECORDED, type Row, row } from './row';

const UNBOUNDED = { events: 1e12, cpuUs: 1e12 };
const ENDPOINTS = ['10.244.1.3:8080', '10.244.1.4:8080', '10.244.1.5:8080'];
const CONNECTIONS = 500;

const NETWORK = `
sysctl -qw net.ipv4.ip_forward=1
ip link add br0 type bridge; ip addr add 10.244.1.1/24 dev br0; ip link set br0 up
for x in client:2 web:3; do
  ip netns add \${x%:*}; ip link add v\${x%:*} type veth peer name eth0 netns \${x%:*}; ip link set v\${x%:*} master br0 up
  ip -n \${x%:*} addr add 10.244.1.\${x##*:}/24 dev eth0; ip -n \${x%:*} link set eth0 up
  ip -n \${x%:*} route add default via 10.244.1.1
done
ip -n web addr add 10.244.1.4/24 dev eth0; ip -n web addr add 10.244.1.5/24 dev eth0
ip netns exec web serve 8080 web &
sleep 2.5
`;

/** By number of Services: load (ms), connect to the first and the last (median µs), save, change of one (ms). */
const PEERS: ReadonlyMap<number, readonly [number, number, number, number, number]> = new Map([
  [100, [42.2, 62.5, 75.8, 22.6, 14.5]],
  [1000, [575.7, 56.6, 87.7, 265.1, 23.2]],
  [5000, [6207.6, 65.9, 202.8, 3718.3, 69.3]],
]);

/** kube-proxy's rules through iptables-nft: load, use, save, change. */
export async function serviceRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [n, peers] of PEERS) {
    const [load, first, last, save, change] = peers.map((value) => ({ name: RECORDED, value }));
    const bench = new Bench(UNBOUNDED);
    await bench.run(NETWORK);
    const services = Array.from(
      { length: n },
      (_, i): KubeService => ({
        address: clusterIp(i),
        port: 80,
        protocol: 'tcp',
        endpoints: ENDPOINTS,
      }),
    );
    placeText(bench.host, '/tmp/rules', kubeRules(services));
    rows.push(
      row(
        `load ${n} Services`,
        await bench.run('iptables-restore --noflush /tmp/rules'),
        'ms',
        load,
      ),
    );
    const netns = netnsNamed(bench, 'client');
    const connectUs = async (i: number): Promise<number> => {
      const to = { netns, address: clusterIp(i), port: 80 };
      return median(await connections(bench, to, CONNECTIONS));
    };
    await connectUs(0);
    rows.push(row(`connect to the first of ${n} Services`, await connectUs(0), 'us', first));
    rows.push(row(`connect to the last of ${n} Services`, await connectUs(n - 1), 'us', last));
    rows.push(
      row(`save ${n} Services`, await bench.run('iptables-save -t nat > /tmp/out'), 'ms', save),
    );
    const [chain, endpoint] = ['KUBE-SVC-0000000000000000', 'KUBE-SEP-0000000000000000'];
    placeText(
      bench.host,
      '/tmp/one',
      `*nat\n:${chain} - [0:0]\n-A ${chain} -j ${endpoint}\nCOMMIT\n`,
    );
    rows.push(
      row(
        `change one of ${n} Services`,
        await bench.run('iptables-restore --noflush /tmp/one'),
        'ms',
        change,
      ),
    );
  }
  return rows;
}

export function netnsNamed(bench: Bench, name: string): Netns {
  for (const net of bench.host.netnses) if (net.name === name) return net;
  throw new Error(`no namespace ${name}`);
}
