import { ok, type Result } from '../../base/result';
import { type Fields, unmarshal } from '../gojson/fields';
import type { Call } from '../skel';
import { loadArgs } from '../types/args';
import { type CniError, fail } from '../types/error';
import { type NetConf, readNetConf } from '../types/net-conf';

const DEFAULT_BRIDGE = 'cni0';
const MAX_VLAN = 4094;

/** NetConf of plugins/main/bridge. */
export interface BridgeConf extends NetConf {
  readonly bridge: string;
  readonly isGateway: boolean;
  readonly isDefaultGateway: boolean;
  readonly forceAddress: boolean;
  readonly ipMasq: boolean;
  readonly mtu: number;
  readonly hairpinMode: boolean;
  readonly promiscMode: boolean;
  readonly vlan: number;
  readonly preserveDefaultVlan: boolean;
  readonly macSpoofCheck: boolean;
  readonly enableDad: boolean;
  readonly portIsolation: boolean;
  readonly mac: string;
  /** What only newer releases know, and is not simulated. */
  readonly missing: string | undefined;
}

function readConf(f: Fields): BridgeConf {
  const argsMac = f.struct('args', 'struct', (args) =>
    args.struct('cni', 'main.BridgeArgs', (cni) => cni.string('mac')),
  );
  const runtimeMac = f.struct('runtimeConfig', 'struct', (one) => one.string('mac'));
  return {
    ...readNetConf(f),
    bridge: f.optionalString('bridge') ?? DEFAULT_BRIDGE,
    isGateway: f.bool('isGateway'),
    isDefaultGateway: f.bool('isDefaultGateway'),
    forceAddress: f.bool('forceAddress'),
    ipMasq: f.bool('ipMasq'),
    mtu: f.int('mtu'),
    hairpinMode: f.bool('hairpinMode'),
    promiscMode: f.bool('promiscMode'),
    vlan: f.int('vlan'),
    preserveDefaultVlan: f.bool('preserveDefaultVlan'),
    macSpoofCheck: f.bool('macspoofchk'),
    enableDad: f.bool('enabledad'),
    portIsolation: f.bool('portIsolation'),
    mac: runtimeMac || argsMac,
    missing: missingIn(f),
  };
}

function missingIn(f: Fields): string | undefined {
  const trunk = f.raw('vlanTrunk');
  if (Array.isArray(trunk) && trunk.length > 0) return 'vlanTrunk';
  if (f.bool('disableContainerInterface')) return 'disableContainerInterface';
  return f.string('ipMasqBackend') === 'nftables' ? 'ipMasqBackend nftables' : undefined;
}

/** loadNetConf(). */
export function loadBridgeConf(call: Call): Result<BridgeConf, CniError> {
  const read = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const conf = read.value;
  if (conf.vlan < 0 || conf.vlan > MAX_VLAN) {
    return fail(`invalid VLAN ID ${conf.vlan} (must be between 0 and ${MAX_VLAN})`);
  }
  const args = loadArgs(call.args, ['MAC']);
  if (!args.ok) return fail(args.error);
  return ok(conf.mac === '' ? { ...conf, mac: args.value.get('MAC') ?? '' } : conf);
}
