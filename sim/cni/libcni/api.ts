import { err, OK, ok, type Result } from '../../base/result';
import type { Proc } from '../../linux/process';
import { marshalRaw, toJson } from '../gojson/marshal';
import type { Json, JsonObject } from '../gojson/scan';
import { execPlugin, findPlugin, type Step } from '../invoke';
import type { Release } from '../release';
import { type CniError, errorText, fail, goQuote } from '../types/error';
import { type CniResult, resultAs, resultFromText } from '../types/result';
import { validateContainerId, validateInterfaceName, validateNetworkName } from '../validate';
import { versionAtLeast } from '../version';
import { cacheAdd, cacheDel, cachedResult } from './cache';
import { injectConf, type NetworkConfig, type NetworkConfigList } from './conf';

/** libcni.RuntimeConf: one attachment of a container. */
export interface RuntimeConf {
  readonly containerId: string;
  readonly netns: string;
  readonly ifName: string;
  /** CNI_ARGS. */
  readonly args: readonly (readonly [key: string, value: string])[];
  /** What plugins that have the capability get as `runtimeConfig`. */
  readonly capabilityArgs: JsonObject;
}

/** libcni.CNIConfig: where plugins lie, and who runs them. */
export interface CniConfig {
  readonly proc: Proc;
  readonly path: readonly string[];
  readonly release: Release;
}

type Command = 'ADD' | 'CHECK' | 'DEL';

/** Args.AsEnv(). */
function environment(cni: CniConfig, command: Command, rt: RuntimeConf) {
  return new Map([
    ...cni.proc.env,
    ['CNI_COMMAND', command],
    ['CNI_CONTAINERID', rt.containerId],
    ['CNI_NETNS', rt.netns],
    ['CNI_ARGS', rt.args.map((pair) => pair.join('=')).join(';')],
    ['CNI_IFNAME', rt.ifName],
    ['CNI_PATH', cni.path.join(':')],
  ]);
}

/** buildOneConfig(): name and version of the list, the result so far, and what its capabilities ask for. */
function buildOneConfig(
  cni: CniConfig,
  list: NetworkConfigList,
  plugin: NetworkConfig,
  before: CniResult | undefined,
  rt: RuntimeConf,
): Result<NetworkConfig, CniError> {
  const values = new Map<string, Json>([
    ['name', list.name],
    ['cniVersion', list.cniVersion],
  ]);
  if (before) {
    const output = resultAs(before, list.cniVersion, cni.release);
    if (!output.ok) return fail(output.error);
    values.set('prevResult', toJson(output.value));
  }
  const runtime = new Map<string, Json>();
  for (const [name, wanted] of plugin.network.capabilities) {
    const value = rt.capabilityArgs.get(name);
    if (wanted && value !== undefined) runtime.set(name, value);
  }
  if (runtime.size > 0) values.set('runtimeConfig', runtime);
  const conf = injectConf(plugin, values);
  return conf.ok ? conf : fail(conf.error);
}

/** One plugin of a list with one command: what it printed. */
function* callPlugin(
  cni: CniConfig,
  command: Command,
  list: NetworkConfigList,
  plugin: NetworkConfig,
  given: { readonly before: CniResult | undefined; readonly rt: RuntimeConf },
): Step<string> {
  const path = findPlugin(cni.proc, plugin.network.type, cni.path);
  if (!path.ok) return path;
  if (command === 'ADD') {
    const wrong =
      validateContainerId(given.rt.containerId) ??
      validateNetworkName(list.name) ??
      validateInterfaceName(given.rt.ifName);
    if (wrong) return err(wrong);
  }
  const conf = buildOneConfig(cni, list, plugin, given.before, given.rt);
  if (!conf.ok) return conf;
  const stdin = marshalRaw(conf.value.raw);
  return yield* execPlugin(cni.proc, path.value, stdin, environment(cni, command, given.rt));
}

/** pluginDescription(). */
const described = ({ network }: NetworkConfig): string =>
  `type=${goQuote(network.type)}${network.name === '' ? '' : ` name=${goQuote(network.name)}`}`;

/** AddNetworkList(): each plugin gets the result of the one before; an error ends the chain. */
export function* addNetworkList(
  cni: CniConfig,
  list: NetworkConfigList,
  rt: RuntimeConf,
): Step<CniResult> {
  let before: CniResult | undefined;
  for (const plugin of list.plugins) {
    const result = yield* addOne(cni, list, plugin, { before, rt });
    if (!result.ok) {
      return fail(`plugin ${described(plugin)} failed (add): ${errorText(result.error)}`);
    }
    before = result.value;
  }
  if (!before) return fail('no plugins in list');
  const { name: network, cniVersion, text: config } = list;
  const cached = cacheAdd(cni.proc, before, { network, cniVersion, config }, rt, cni.release);
  if (cached.ok) return ok(before);
  return fail(`failed to set network ${goQuote(network)} cached result: ${cached.error.msg}`);
}

function* addOne(
  cni: CniConfig,
  list: NetworkConfigList,
  plugin: NetworkConfig,
  given: { readonly before: CniResult | undefined; readonly rt: RuntimeConf },
): Step<CniResult> {
  const printed = yield* callPlugin(cni, 'ADD', list, plugin, given);
  if (!printed.ok) return printed;
  const result = resultFromText(printed.value, cni.release);
  return result.ok ? result : fail(result.error);
}

/** Results are kept, and CHECK is there, since 0.4.0. */
const hasCheck = (list: NetworkConfigList): Result<boolean, CniError> => {
  const found = versionAtLeast(list.cniVersion, '0.4.0');
  return found.ok ? found : fail(found.error);
};

function cachedOf(cni: CniConfig, list: NetworkConfigList, rt: RuntimeConf) {
  const cached = cachedResult(cni.proc, list.name, rt, cni.release);
  if (cached.ok) return cached;
  return fail(`failed to get network ${goQuote(list.name)} cached result: ${cached.error.msg}`);
}

/** CheckNetworkList(): in the list's order, each with the last result. */
export function* checkNetworkList(cni: CniConfig, list: NetworkConfigList, rt: RuntimeConf): Step {
  const able = hasCheck(list);
  if (!able.ok) return able;
  if (!able.value) {
    const version = goQuote(list.cniVersion);
    return fail(`configuration version ${version} does not support the CHECK command`);
  }
  if (list.disableCheck) return OK;
  const cached = cachedOf(cni, list, rt);
  if (!cached.ok) return cached;
  for (const plugin of list.plugins) {
    const done = yield* callPlugin(cni, 'CHECK', list, plugin, { before: cached.value, rt });
    if (!done.ok) return done;
  }
  return OK;
}

/** DelNetworkList(): in reverse order, each with the last result. */
export function* delNetworkList(cni: CniConfig, list: NetworkConfigList, rt: RuntimeConf): Step {
  const able = hasCheck(list);
  if (!able.ok) return able;
  const cached = able.value ? cachedOf(cni, list, rt) : ok(undefined);
  if (!cached.ok) return cached;
  for (const plugin of [...list.plugins].reverse()) {
    const done = yield* callPlugin(cni, 'DEL', list, plugin, { before: cached.value, rt });
    if (!done.ok) {
      return fail(`plugin ${described(plugin)} failed (delete): ${errorText(done.error)}`);
    }
  }
  cacheDel(cni.proc, list.name, rt);
  return OK;
}
