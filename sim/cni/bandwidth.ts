import { err, OK, ok, type Result } from '../base/result';
import { printError } from '../linux/process-io';
import { type Fields, unmarshal } from './gojson/fields';
import type { Step } from './invoke';
import { print } from './pkg/print';
import type { Call, Plugin } from './skel';
import { type CniError, fail } from './types/error';
import { parsePrevResult, readNetConf } from './types/net-conf';

/** A burst is counted in bytes by 32 bits. */
const MAX_BURST_BITS = 8 * 0xffff_ffff;

interface Limits {
  readonly ingressRate: number;
  readonly ingressBurst: number;
  readonly egressRate: number;
  readonly egressBurst: number;
}

const readLimits = (f: Fields): Limits => ({
  ingressRate: f.int('ingressRate', 'uint64'),
  ingressBurst: f.int('ingressBurst', 'uint64'),
  egressRate: f.int('egressRate', 'uint64'),
  egressBurst: f.int('egressBurst', 'uint64'),
});

const readConf = (f: Fields) => ({
  net: readNetConf(f),
  own: readLimits(f),
  runtime: f.struct('runtimeConfig', 'struct', (one) =>
    one.pointer('bandwidth', 'main.BandwidthEntry', readLimits),
  ),
});

const isZero = (limits: Limits): boolean => Object.values(limits).every((one) => one === 0);

/** validateRateAndBurst(). */
function validate(rate: number, burst: number): Result<undefined, CniError> {
  if (burst === 0 && rate !== 0) return fail('if rate is set, burst must also be set');
  if (rate === 0 && burst !== 0) return fail('if burst is set, rate must also be set');
  return burst >= MAX_BURST_BITS ? fail('burst cannot be more than 4GB') : OK;
}

/** parseConfig() of plugins/meta/bandwidth. */
function loadConf(call: Call) {
  const read = unmarshal(call.stdin, 'main.PluginConf', readConf);
  if (!read.ok) return fail(`failed to parse network configuration: ${read.error}`);
  const { net, own, runtime } = read.value;
  const limits = isZero(own) ? (runtime ?? own) : own;
  const pairs = [
    validate(limits.ingressRate, limits.ingressBurst),
    validate(limits.egressRate, limits.egressBurst),
  ];
  for (const pair of pairs) if (!pair.ok) return pair;
  const before = parsePrevResult(net, call.release);
  if (!before.ok) return fail(`could not parse prevResult: ${before.error}`);
  return ok({ cniVersion: net.cniVersion, limited: !isZero(limits), before: before.value });
}

function* refuse(call: Call): Step<never> {
  yield* printError(call.proc, 'hopwise: bandwidth: a limit is not simulated\n');
  return err(fail('hopwise: bandwidth: a limit is not simulated').error);
}

function* add(call: Call): Step<string> {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const { before, cniVersion, limited } = conf.value;
  if (!before) return fail('must be called as chained plugin');
  return limited ? yield* refuse(call) : print(call, before, cniVersion);
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  if (!conf.value.before) return fail('must be called as a chained plugin');
  return conf.value.limited ? yield* refuse(call) : OK;
}

/** No queueing discipline was made, so there is none to remove. */
function* del(call: Call): Step {
  const conf = loadConf(call);
  return conf.ok ? OK : conf;
}

/** plugins/meta/bandwidth as far as nothing is limited: token buckets are not simulated. */
export const bandwidth: Plugin = { name: 'bandwidth', since: '0.3.0', add, check, del };
