import { err, ok, type Result } from '../../base/result';
import type { Fields } from '../gojson/fields';
import { marshalRaw } from '../gojson/marshal';
import type { JsonObject } from '../gojson/scan';
import type { Release } from '../release';
import { type CniResult, createResult, type Dns, readDns } from './result';

/** types.NetConf: what every plugin's configuration has. */
export interface NetConf {
  readonly cniVersion: string;
  readonly name: string;
  readonly type: string;
  readonly capabilities: ReadonlyMap<string, boolean>;
  readonly ipamType: string;
  readonly dns: Dns;
  readonly rawPrevResult: JsonObject | undefined;
}

export const readNetConf = (f: Fields): NetConf => ({
  cniVersion: f.string('cniVersion'),
  name: f.string('name'),
  type: f.string('type'),
  capabilities: f.boolMap('capabilities'),
  ipamType: f.struct('ipam', 'types.IPAM', (ipam) => ipam.string('type')),
  dns: f.struct('dns', 'types.DNS', readDns),
  rawPrevResult: f.object('prevResult'),
});

/** version.ParsePrevResult(): a result without a version has the configuration's. */
export function parsePrevResult(
  conf: NetConf,
  release: Release,
): Result<CniResult | undefined, string> {
  const raw = conf.rawPrevResult;
  if (!raw) return ok(undefined);
  const named = [...raw.keys()].some((key) => key.toLowerCase() === 'cniversion');
  const text = marshalRaw(named ? raw : new Map([...raw, ['cniVersion', conf.cniVersion]]));
  const created = createResult(conf.cniVersion, text, release);
  return created.ok ? created : err(`could not parse prevResult: ${created.error}`);
}
