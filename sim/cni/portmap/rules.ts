import { familyOf, formatCidr, formatIp } from '../../wire/ip';
import { chainName } from '../pkg/chain-name';
import { type IpNet, isV4, parseGoIp } from '../types/ip-net';
import type { NatChain } from './chain';
import type { PortMapConf, PortMapping } from './config';

const TOP_LEVEL_DNAT = 'CNI-HOSTPORT-DNAT';
const SET_MARK = 'CNI-HOSTPORT-SETMARK';
const MARK_MASQ = 'CNI-HOSTPORT-MASQ';
const OLD_TOP_LEVEL_SNAT = 'CNI-HOSTPORT-SNAT';
/** What one rule with multiport holds. */
const MULTIPORT_MAX = 15;
const MAX_COMMENT = 255;

/** genToplevelDnatChain(). */
export const toplevelDnatChain: NatChain = {
  name: TOP_LEVEL_DNAT,
  entryRules: [['-m', 'addrtype', '--dst-type', 'LOCAL']],
  entryChains: ['PREROUTING', 'OUTPUT'],
  rules: [],
};

const markOf = (bit: number): string => {
  const value = `0x${(2 ** bit).toString(16)}`;
  return `${value}/${value}`;
};

/** genSetMarkChain(). */
export const setMarkChain = (bit: number): NatChain => ({
  name: SET_MARK,
  entryChains: [],
  entryRules: [],
  rules: [
    [
      ...['-m', 'comment', '--comment', 'CNI portfwd masquerade mark'],
      ...['-j', 'MARK', '--set-xmark', markOf(bit)],
    ],
  ],
});

/** genMarkMasqChain(): before the masquerading of bridge and ptp. */
export const markMasqChain = (bit: number): NatChain => ({
  name: MARK_MASQ,
  entryChains: ['POSTROUTING'],
  prependEntry: true,
  entryRules: [['-m', 'comment', '--comment', 'CNI portfwd requiring masquerade']],
  rules: [['-m', 'mark', '--mark', markOf(bit), '-j', 'MASQUERADE']],
});

/** genDnatChain(): a container's own chain, still without rules. */
export const dnatChain = (network: string, containerId: string): NatChain => ({
  name: chainName(network, containerId, 'DN-'),
  entryChains: [TOP_LEVEL_DNAT],
  entryRules: [],
  rules: [],
});

/** genOldSnatChain(): such were made by old versions. */
export const oldSnatChain = (network: string, containerId: string): NatChain => ({
  name: chainName(network, containerId, 'SN-'),
  entryChains: [OLD_TOP_LEVEL_SNAT],
  entryRules: [],
  rules: [],
});

/** fillDnatRules(). */
export function fillDnatRules(
  chain: NatChain,
  conf: PortMapConf,
  id: string,
  net: IpNet,
): NatChain {
  const comment = trimComment(`dnat name: "${conf.name}" id: "${id}"`);
  const conditions = conf.conditions[familyOf(net.address)];
  const entryRules = portsByProtocol(conf.mappings).flatMap(([protocol, ports]) =>
    splitPorts(ports).map((list) => [
      ...['-m', 'comment', '--comment', comment, '-m', 'multiport', '-p', protocol],
      ...['--destination-ports', list, ...conditions],
    ]),
  );
  const rules = conf.mappings.flatMap((one) => rulesOf(one, conf, net));
  return { ...chain, entryRules, rules };
}

/** Marks for hairpin and local traffic, then the translation; none for a host address of the other family. */
function rulesOf(
  mapping: PortMapping,
  conf: PortMapConf,
  net: IpNet,
): readonly (readonly string[])[] {
  const { protocol, hostPort, containerPort, hostIp } = mapping;
  const v6 = !isV4(net.address);
  const host = parseGoIp(hostIp);
  if (hostIp !== '' && v6 !== !(host !== undefined && isV4(host))) return [];
  const any = host === 0 || host === 0n;
  const base = ['-p', protocol, '--dport', String(hostPort)];
  if (hostIp !== '' && !any) base.push('-d', hostIp);
  const setMark = conf.externalSetMarkChain ?? SET_MARK;
  const marks = [
    [...base, ...(conf.masqAll ? [] : ['-s', formatCidr(net)]), '-j', setMark],
    ...(v6 || conf.masqAll ? [] : [[...base, '-s', '127.0.0.1', '-j', setMark]]),
  ];
  const address = formatIp(net.address);
  const to = `${v6 ? `[${address}]` : address}:${containerPort}`;
  return [...(conf.snat ? marks : []), [...base, '-j', 'DNAT', '--to-destination', to]];
}

/** groupByProto(), by name. */
function portsByProtocol(
  mappings: readonly PortMapping[],
): readonly (readonly [string, readonly number[]])[] {
  const protocols = [...new Set(mappings.map((one) => one.protocol))].sort();
  return protocols.map((name) => [
    name,
    mappings.filter((one) => one.protocol === name).map((one) => one.hostPort),
  ]);
}

function splitPorts(ports: readonly number[]): readonly string[] {
  const lists: string[] = [];
  for (let i = 0; i < ports.length; i += MULTIPORT_MAX) {
    lists.push(ports.slice(i, i + MULTIPORT_MAX).join(','));
  }
  return lists;
}

/** trimComment(). */
const trimComment = (text: string): string =>
  text.length <= MAX_COMMENT ? text : `${text.slice(0, MAX_COMMENT - 2)}...`;
