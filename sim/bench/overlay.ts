import { placeText } from '../linux/filesystem';
import { datagrams, requests } from './client';
import { clusterIp, type KubeService, kubeRules } from './kube-rules';
import { Bench, type Row, row } from './row';
import { netnsNamed } from './service-load';

const SERVICES = 100;
const REQUESTS = 3000;
const DATAGRAMS = 10_000;
const UDP_SERVICE = SERVICES - 1;

/** Two nodes with a bridge each, joined by a cable and by a VXLAN as flannel lays it; a pod on each. */
const NETWORK = `
ip netns add node1; ip netns add node2
ip link add eth0 netns node1 type veth peer name eth0 netns node2
for i in 1 2; do
  n="ip -n node$i"
  ip netns exec node$i sysctl -qw net.ipv4.ip_forward=1
  $n addr add 192.168.0.1$i/24 dev eth0; $n link set eth0 up
  $n link add cni0 type bridge; $n addr add 10.244.$i.1/24 dev cni0; $n link set cni0 up
  $n link add flannel.1 address 02:00:00:00:00:0$i type vxlan id 1 dstport 8472 local 192.168.0.1$i dev eth0 nolearning
  $n addr add 10.244.$i.0/32 dev flannel.1; $n link set flannel.1 up mtu 1450
  ip netns add pod$i
  $n link add vpod type veth peer name eth0 netns pod$i
  $n link set vpod master cni0 up
  ip -n pod$i addr add 10.244.$i.2/24 dev eth0; ip -n pod$i link set eth0 up
  ip -n pod$i route add default via 10.244.$i.1
done
for i in 1 2; do
  j=$((3 - i)); n="ip -n node$i"
  $n route add 10.244.$j.0/24 via 10.244.$j.0 dev flannel.1 onlink
  $n neigh add 10.244.$j.0 lladdr 02:00:00:00:00:0$j dev flannel.1 nud permanent
  bridge -n node$i fdb append 02:00:00:00:00:0$j dev flannel.1 dst 192.168.0.1$j
  ip netns exec node$i iptables-restore --noflush /tmp/rules
done
ip netns exec pod2 serve 8080 web & ip netns exec pod2 serve -u 5353 dns &
sleep 2.5
`;

/** A request from a pod to a ClusterIP and on over VXLAN to a pod of another node; each is a new flow. */
export async function overlayRows(): Promise<readonly Row[]> {
  const bench = new Bench({ events: 1e12, cpuUs: 1e12 });
  const services = Array.from({ length: SERVICES }, (_, i): KubeService => {
    const udp = i === UDP_SERVICE;
    const endpoints = [udp ? '10.244.2.2:5353' : '10.244.2.2:8080'];
    return { address: clusterIp(i), port: udp ? 53 : 80, protocol: udp ? 'udp' : 'tcp', endpoints };
  });
  placeText(bench.host, '/tmp/rules', kubeRules(services));
  await bench.run(NETWORK);
  const to = { netns: netnsNamed(bench, 'pod1'), address: clusterIp(SERVICES / 2), port: 80 };
  await requests(bench, to, REQUESTS / 10);
  const packets = walked(bench);
  const from = performance.now();
  await requests(bench, to, REQUESTS);
  const seconds = (performance.now() - from) / 1000;
  const perSecond = (walked(bench) - packets) / seconds;
  const udp = { ...to, address: clusterIp(UDP_SERVICE), port: 53 };
  const datagramUs = await datagrams(bench, udp, DATAGRAMS);
  return [
    row(
      `HTTP requests, pod to ClusterIP to pod over VXLAN, ${SERVICES} Services`,
      REQUESTS / seconds,
      '1/s',
    ),
    row('packets walked by these', perSecond, '1/s'),
    row('datagram and answer of one tracked and translated flow, the same way', datagramUs, 'us'),
  ];
}

/** Packets that any device received: each step from device to device is one. */
function walked(bench: Bench): number {
  let count = 0;
  for (const net of bench.host.netnses)
    for (const dev of net.devices()) count += dev.stats.rxPackets;
  return count;
}
