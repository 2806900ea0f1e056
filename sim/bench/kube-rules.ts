export interface KubeService {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly endpoints: readonly string[];
}

/** 10.96.0.1, 10.96.0.2, …: 250 to a third byte. */
export const clusterIp = (i: number): string => `10.96.${Math.floor(i / 250)}.${(i % 250) + 1}`;

const svc = (i: number): string => `KUBE-SVC-${String(i).padStart(16, '0')}`;
const sep = (i: number, e: number): string =>
  `KUBE-SEP-${String(i).padStart(14, '0')}${String(e).padStart(2, '0')}`;

/** What kube-proxy's iptables mode gives to `iptables-restore --noflush` (pkg/proxy/iptables/proxier.go). */
export function kubeRules(services: readonly KubeService[]): string {
  const lines = [
    '*nat',
    ...['KUBE-MARK-MASQ', 'KUBE-POSTROUTING', 'KUBE-SERVICES', 'KUBE-NODEPORTS'].map(declare),
    ...services.flatMap((s, i) => [svc(i), ...s.endpoints.map((_, e) => sep(i, e))].map(declare)),
    '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
    '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
    '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
    '-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000',
    '-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN',
    '-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0',
    '-A KUBE-POSTROUTING -j MASQUERADE --random-fully',
  ];
  for (const [i, service] of services.entries()) lines.push(...serviceRules(i, service));
  lines.push('-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS', 'COMMIT');
  return `${lines.join('\n')}\n`;
}

const declare = (chain: string): string => `:${chain} - [0:0]`;

function serviceRules(i: number, service: KubeService): readonly string[] {
  const { address, port, protocol, endpoints } = service;
  const name = `default/svc-${i}`;
  const to = `-d ${address}/32 -p ${protocol} -m comment --comment "${name} cluster IP" -m ${protocol} --dport ${port}`;
  const rules = [
    `-A KUBE-SERVICES ${to} -j ${svc(i)}`,
    `-A ${svc(i)} ! -s 10.244.0.0/16 ${to} -j KUBE-MARK-MASQ`,
  ];
  for (const [e, endpoint] of endpoints.entries()) {
    const left = endpoints.length - e;
    const random =
      left === 1 ? '' : `-m statistic --mode random --probability ${(1 / left).toFixed(11)} `;
    const dst = endpoint.replace(/:.*/, '');
    rules.push(
      `-A ${svc(i)} -m comment --comment "${name} -> ${endpoint}" ${random}-j ${sep(i, e)}`,
      `-A ${sep(i, e)} -s ${dst}/32 -m comment --comment "${name}" -j KUBE-MARK-MASQ`,
      `-A ${sep(i, e)} -p ${protocol} -m comment --comment "${name}" -m ${protocol} -j DNAT --to-destination ${endpoint}`,
    );
  }
  return rules;
}
