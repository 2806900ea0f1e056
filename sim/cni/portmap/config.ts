import { ok, type Result } from '../../base/result';
import { type Fields, unmarshal } from '../gojson/fields';
import type { Call } from '../skel';
import { type CniError, fail } from '../types/error';
import { type IpNet, isV4 } from '../types/ip-net';
import { type NetConf, parsePrevResult, readNetConf } from '../types/net-conf';
import type { CniResult } from '../types/result';

/** Kubernetes uses bits 14 and 15, Calico 20 to 31. */
const DEFAULT_MARK_BIT = 13;

export interface PortMapping {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
  readonly hostIp: string;
}

/** PortMapConf of plugins/meta/portmap. */
export interface PortMapConf extends NetConf {
  readonly snat: boolean;
  readonly conditions: { readonly 4: readonly string[]; readonly 6: readonly string[] };
  readonly markMasqBit: number;
  readonly externalSetMarkChain: string | undefined;
  readonly backend: string;
  readonly masqAll: boolean;
  readonly mappings: readonly PortMapping[];
  readonly before: CniResult | undefined;
  /** The container's addresses. */
  readonly containers: readonly IpNet[];
}

const readMapping = (f: Fields): PortMapping => ({
  hostPort: f.int('hostPort'),
  containerPort: f.int('containerPort'),
  protocol: f.string('protocol'),
  hostIp: f.string('hostIP'),
});

const readConf = (f: Fields) => ({
  ...readNetConf(f),
  snat: f.optionalBool('snat') ?? true,
  conditions: { 4: f.strings('conditionsV4') ?? [], 6: f.strings('conditionsV6') ?? [] },
  markBit: f.optionalInt('markMasqBit'),
  externalSetMarkChain: f.optionalString('externalSetMarkChain'),
  backend: f.string('backend'),
  masqAll: f.bool('masqAll'),
  mappings:
    f.struct('runtimeConfig', 'struct', (one) =>
      one.list('portMappings', '[]main.PortMapEntry', (item) =>
        item.struct('main.PortMapEntry', readMapping),
      ),
    ) ?? [],
});

/** parseConfig(). */
export function parsePortmapConf(call: Call): Result<PortMapConf, CniError> {
  const read = unmarshal(call.stdin, 'main.PortMapConf', readConf);
  if (!read.ok) return fail(`failed to parse network configuration: ${read.error}`);
  const { markBit, ...conf } = read.value;
  const before = parsePrevResult(conf, call.release);
  if (!before.ok) return fail(`could not parse prevResult: ${before.error}`);
  if (markBit !== undefined && conf.externalSetMarkChain !== undefined) {
    return fail('Cannot specify externalSetMarkChain and markMasqBit');
  }
  const markMasqBit = markBit ?? DEFAULT_MARK_BIT;
  if (markMasqBit < 0 || markMasqBit > 31) return fail('MasqMarkBit must be between 0 and 31');
  for (const { containerPort, hostPort } of conf.mappings) {
    if (containerPort <= 0) return fail(`Invalid container port number: ${containerPort}`);
    if (hostPort <= 0) return fail(`Invalid host port number: ${hostPort}`);
  }
  const containers = containersOf(before.value, call.ifName);
  return ok({ ...conf, markMasqBit, before: before.value, containers });
}

/** The first address of each family that is not of another interface, nor of one on the host. */
function containersOf(result: CniResult | undefined, ifName: string): readonly IpNet[] {
  const own = (result?.ips ?? []).filter((ip) => {
    const one = ip.interface === undefined ? undefined : result?.interfaces[ip.interface];
    return !one || (one.name === ifName && one.sandbox !== undefined);
  });
  const nets = own.map((ip) => ip.address);
  const v4 = nets.find((net) => isV4(net.address));
  const v6 = nets.find((net) => !isV4(net.address));
  return [v4, v6].flatMap((net) => net ?? []);
}
