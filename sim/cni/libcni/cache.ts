import { utf8Decode, utf8Encode } from '../../base/bytes';
import { OK, ok, type Result } from '../../base/result';
import { readTextAt, unlink, writeFileAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { isObject } from '../gojson/fields';
import { marshal, marshalRaw, toJson } from '../gojson/marshal';
import { parseJson } from '../gojson/scan';
import { mkdirAll } from '../pkg/mkdir-all';
import type { Release } from '../release';
import { type CniError, fail, goErrno } from '../types/error';
import { type CniResult, resultAs, resultFromText } from '../types/result';
import type { RuntimeConf } from './api';
import { decodeBase64, encodeBase64 } from './base64';

const CACHE_DIR = '/var/lib/cni';
const CACHE_V1 = 'cniCacheV1';

/** getCacheFilePath(). */
const cachePath = (network: string, rt: RuntimeConf): string =>
  `${CACHE_DIR}/results/${network}-${rt.containerId}-${rt.ifName}`;

export interface Cached {
  readonly network: string;
  readonly cniVersion: string;
  /** The configuration as it was read. */
  readonly config: string;
}

/** cacheAdd(): what DEL and CHECK will want to know. */
export function cacheAdd(
  proc: Proc,
  result: CniResult,
  cached: Cached,
  rt: RuntimeConf,
  release: Release,
): Result<undefined, CniError> {
  const output = resultAs(result, cached.cniVersion, release);
  if (!output.ok) return fail(output.error);
  const head = marshal({
    kind: CACHE_V1,
    containerId: rt.containerId,
    config: encodeBase64(utf8Encode(cached.config)),
    ifName: rt.ifName,
    networkName: cached.network,
    netns: release.modern ? rt.netns : undefined,
    cniArgs: rt.args.length > 0 ? rt.args : undefined,
  });
  const capabilities =
    rt.capabilityArgs.size > 0 ? `,"capabilityArgs":${marshalRaw(rt.capabilityArgs)}` : '';
  const text = `${head.slice(0, -1)}${capabilities},"result":${marshalRaw(toJson(output.value))}}`;
  const failed =
    mkdirAll(proc, `${CACHE_DIR}/results`, 0o700) ??
    writeFileAt(proc, cachePath(cached.network, rt), text, 0o600);
  return failed === undefined ? OK : fail(goErrno(failed));
}

/** cacheDel(). */
export function cacheDel(proc: Proc, network: string, rt: RuntimeConf): void {
  unlink(proc, cachePath(network, rt));
}

/** getCachedResult(); a file without `kind` is the result alone, as old versions wrote it. */
export function cachedResult(
  proc: Proc,
  network: string,
  rt: RuntimeConf,
  release: Release,
): Result<CniResult | undefined, CniError> {
  const text = readTextAt(proc, cachePath(network, rt));
  if (typeof text === 'string') return ok(undefined);
  const json = parseJson(text.text);
  const info = json.ok && isObject(json.value) ? json.value : undefined;
  const whole = info?.get('kind') === CACHE_V1 ? marshalRaw(info.get('result') ?? null) : text.text;
  const result = resultFromText(whole, release);
  return result.ok ? result : fail(result.error);
}

/** getCachedConfig(): the configuration that ADD had. */
export function cachedConfig(proc: Proc, network: string, rt: RuntimeConf): string | undefined {
  const text = readTextAt(proc, cachePath(network, rt));
  const json = typeof text === 'string' ? undefined : parseJson(text.text);
  const config = json?.ok && isObject(json.value) ? json.value.get('config') : undefined;
  return typeof config === 'string' ? utf8Decode(decodeBase64(config)) : undefined;
}
