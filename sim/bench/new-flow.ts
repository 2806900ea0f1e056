import { NO_BYTES } from '../base/bytes';
import { Randomness } from '../base/prng';
import { Scheduler } from '../base/scheduler';
import { Kernel } from '../linux/kernel';
import { nfHook } from '../linux/netfilter/nf-hook';
import { nftCommit } from '../linux/netfilter/nf-tables-api';
import type { NftOp } from '../linux/netfilter/nf-tables-op';
import type { XtEntry } from '../linux/netfilter/xt-rule';
import type { XtTarget } from '../linux/netfilter/xt-target';
import { Netns } from '../linux/netns';
import { allocSkb } from '../linux/sk-buff';
import { Tracer } from '../linux/trace';
import type { IpPacket, Ipv4 } from '../wire/frame';
import { IPPROTO_TCP, TH_SYN } from '../wire/frame';
import { type Row, row } from './row';

const ENDPOINTS = 3;
const FLOWS = 20_000;
const HOST = 0xffff_ffff;
/** 10.96.0.0, 10.244.0.0. */
const SERVICE_NET = 0x0a60_0000;
const POD_NET = 0x0af4_0000;
const NAT = { family: 'ip', table: 'nat' } as const;

/** The first packet of a flow to a Service in kube-proxy's chains: with any number of them at most 3 times that of 10. */
export async function newFlowRows(): Promise<readonly Row[]> {
  const few = newFlowUs(10);
  const peer = { name: '10 Services', value: few };
  const many = [1000, 10_000].map((n) =>
    row(`new flow through ${n} Services`, newFlowUs(n), 'us', peer),
  );
  return [row('new flow through 10 Services', few, 'us'), ...many];
}

/** µs for the first packet of a flow at PREROUTING, through kube-proxy's chains for `n` Services. */
function newFlowUs(n: number): number {
  const kernel = new Kernel({
    scheduler: new Scheduler(),
    random: new Randomness('bench'),
    tracer: new Tracer(),
  });
  const net = new Netns(kernel, { hostName: 'bench' });
  const done = nftCommit(net, kubeServices(n));
  if (!done.ok) throw new Error(`${done.error.errno} at message ${done.error.index}`);
  flows(net, n, Math.max(n, FLOWS / 10));
  const from = performance.now();
  flows(net, n, FLOWS);
  return ((performance.now() - from) * 1000) / FLOWS;
}

function flows(net: Netns, n: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const packet = syn(SERVICE_NET + ((i * 7919) % n), 1024 + (i % 60_000));
    const skb = allocSkb(net.kernel, { dev: net.lo, packet });
    const okfn = (): void => {
      if (skb.packet === packet) throw new Error('a Service did not translate');
    };
    const at = { family: 'ipv4', hook: 'PREROUTING', in: net.lo, out: undefined } as const;
    nfHook({ net, skb, ...at, okfn });
  }
}

const syn = (dst: Ipv4, srcPort: number): IpPacket => ({
  kind: 'ipv4',
  src: POD_NET + 2,
  dst,
  tos: 0,
  id: 0,
  df: true,
  mf: false,
  fragOffset: 0,
  ttl: 64,
  protocol: IPPROTO_TCP,
  options: NO_BYTES,
  payload: {
    kind: 'tcp',
    srcPort,
    dstPort: 80,
    seq: 1,
    ack: 0,
    flags: TH_SYN,
    window: 64_240,
    urgent: 0,
    options: {},
    payload: NO_BYTES,
  },
});

/** pkg/proxy/iptables: KUBE-SERVICES, a KUBE-SVC for each Service, a KUBE-SEP for each endpoint. */
function kubeServices(n: number): readonly NftOp[] {
  const ops: NftOp[] = [
    { kind: 'newtable', ...NAT },
    {
      kind: 'newchain',
      ...NAT,
      chain: 'PREROUTING',
      base: { type: 'nat', hook: 'PREROUTING', priority: -100 },
    },
    newChain('KUBE-SERVICES'),
    append('PREROUTING', rule({ target: jump('KUBE-SERVICES') })),
  ];
  for (let i = 0; i < n; i++) ops.push(...service(i));
  return ops;
}

function service(i: number): readonly NftOp[] {
  const svc = `KUBE-SVC-${i}`;
  const dst = { address: SERVICE_NET + i, mask: HOST, invert: false };
  const dport = { value: { min: 80, max: 80 }, invert: false };
  const proto = { value: IPPROTO_TCP, invert: false };
  const comment = { name: 'comment', comment: `default/web-${i}` } as const;
  const ops = [newChain(svc)];
  const matches = [comment, { name: 'tcp', dport } as const];
  ops.push(append('KUBE-SERVICES', rule({ dst, proto, matches, target: jump(svc) })));
  for (let e = 0; e < ENDPOINTS; e++) ops.push(...endpoint(svc, i, e));
  return ops;
}

function endpoint(svc: string, i: number, e: number): readonly NftOp[] {
  const sep = `KUBE-SEP-${i}-${e}`;
  const probability = Math.round(0x8000_0000 / (ENDPOINTS - e));
  const random = {
    name: 'statistic',
    mode: { kind: 'random', probability },
    invert: false,
  } as const;
  const min = POD_NET + ((i * ENDPOINTS + e) % 65_000);
  const dnat: XtTarget = {
    name: 'DNAT',
    addresses: { min, max: min },
    ports: { min: 8080, max: 8080 },
    random: false,
    randomFully: false,
    persistent: false,
  };
  const proto = { value: IPPROTO_TCP, invert: false };
  const last = e === ENDPOINTS - 1;
  return [
    newChain(sep),
    append(svc, rule({ matches: last ? [] : [random], target: jump(sep) })),
    append(sep, rule({ proto, matches: [{ name: 'tcp' }], target: dnat })),
  ];
}

const newChain = (chain: string): NftOp => ({ kind: 'newchain', ...NAT, chain });
const jump = (chain: string): XtTarget => ({ name: 'chain', chain, goto: false });

const append = (chain: string, entry: XtEntry): NftOp => ({
  kind: 'newrule',
  ...NAT,
  chain,
  entry,
  at: 'append',
});

const rule = (given: Partial<XtEntry>): XtEntry => ({
  src: undefined,
  dst: undefined,
  in: undefined,
  out: undefined,
  proto: undefined,
  fragment: undefined,
  matches: [],
  target: undefined,
  ...given,
});
