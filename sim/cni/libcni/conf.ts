import { err, ok, type Result } from '../../base/result';
import { readdir, readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { isArray, isObject, unmarshalValue } from '../gojson/fields';
import { marshalRaw } from '../gojson/marshal';
import { type Json, type JsonObject, parseJson } from '../gojson/scan';
import { type CniError, fail, goErrno, goQuote } from '../types/error';
import { type NetConf, readNetConf } from '../types/net-conf';

/** One plugin's configuration: libcni.NetworkConfig. */
export interface NetworkConfig {
  readonly network: NetConf;
  readonly raw: JsonObject;
  readonly text: string;
}

/** A `.conflist`, or a `.conf` made into one: libcni.NetworkConfigList. */
export interface NetworkConfigList {
  readonly name: string;
  readonly cniVersion: string;
  readonly disableCheck: boolean;
  readonly plugins: readonly NetworkConfig[];
  readonly text: string;
}

/** ConfFromBytes(). */
export function confFromText(text: string): Result<NetworkConfig, string> {
  const json = parseJson(text);
  if (!json.ok) return err(`error parsing configuration: ${json.error}`);
  const network = unmarshalValue(json.value, 'types.NetConf', readNetConf);
  if (!network.ok) return err(`error parsing configuration: ${network.error}`);
  if (network.value.type === '') return err(`error parsing configuration: missing 'type'`);
  const raw: JsonObject = isObject(json.value) ? json.value : new Map();
  return ok({ network: network.value, raw, text });
}

/** What `%T` calls a value of interface{}. */
function goType(value: Json | undefined): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value === null || value === undefined) return '<nil>';
  if (isArray(value)) return '[]interface {}';
  return isObject(value) ? 'map[string]interface {}' : 'float64';
}

/** ConfListFromBytes(). */
export function confListFromText(text: string): Result<NetworkConfigList, string> {
  const wrong = (why: string) => err(`error parsing configuration list: ${why}`);
  const json = parseJson(text);
  if (!json.ok) return wrong(json.error);
  if (!isObject(json.value)) {
    const found = goType(json.value).replace('[]interface {}', 'array');
    return wrong(`json: cannot unmarshal ${found} into Go value of type map[string]interface {}`);
  }
  const raw = json.value;
  if (!raw.has('name')) return wrong('no name');
  const name = raw.get('name');
  if (typeof name !== 'string') return wrong(`invalid name type ${goType(name)}`);
  const cniVersion = raw.get('cniVersion') ?? '';
  if (typeof cniVersion !== 'string') {
    return wrong(`invalid cniVersion type ${goType(cniVersion)}`);
  }
  const disableCheck = raw.get('disableCheck') ?? false;
  if (typeof disableCheck !== 'boolean') {
    return wrong(`invalid disableCheck type ${goType(disableCheck)}`);
  }
  const plugins = pluginsOf(raw);
  return plugins.ok
    ? ok({ name, cniVersion, disableCheck, plugins: plugins.value, text })
    : plugins;
}

function pluginsOf(raw: JsonObject): Result<readonly NetworkConfig[], string> {
  const wrong = (why: string) => err(`error parsing configuration list: ${why}`);
  const list = raw.get('plugins');
  if (list === undefined) return wrong(`no 'plugins' key`);
  if (!isArray(list)) return wrong(`invalid 'plugins' type ${goType(list)}`);
  if (list.length === 0) return wrong('no plugins in list');
  const plugins: NetworkConfig[] = [];
  for (const [i, one] of list.entries()) {
    const conf = confFromText(marshalRaw(one));
    if (!conf.ok) return err(`failed to parse plugin config ${i}: ${conf.error}`);
    plugins.push(conf.value);
  }
  return ok(plugins);
}

/** ConfListFromConf(): a single configuration as a list of one. */
export function confListFromConf(conf: NetworkConfig): Result<NetworkConfigList, string> {
  const { name, cniVersion } = conf.network;
  const raw = new Map<string, Json>([
    ['name', name],
    ['cniVersion', cniVersion],
    ['plugins', [conf.raw]],
  ]);
  return confListFromText(marshalRaw(raw));
}

/** InjectConf(). */
export function injectConf(
  conf: NetworkConfig,
  values: ReadonlyMap<string, Json>,
): Result<NetworkConfig, string> {
  return confFromText(marshalRaw(new Map([...conf.raw, ...values])));
}

/** ConfFiles(), sorted. */
export function confFiles(
  proc: Proc,
  dir: string,
  extensions: readonly string[],
): Result<readonly string[], CniError> {
  const names = readdir(proc, dir);
  if (names === 'ENOENT') return ok([]);
  if (typeof names === 'string') return fail(`open ${dir}: ${goErrno(names)}`);
  const found = names.filter((name) => extensions.some((one) => name.endsWith(one)));
  return ok([...found].sort().map((name) => `${dir.replace(/\/+$/, '')}/${name}`));
}

function read<T>(
  proc: Proc,
  path: string,
  parse: (text: string) => Result<T, string>,
): Result<T, CniError> {
  const text = readTextAt(proc, path);
  if (typeof text === 'string') {
    return fail(`error reading ${path}: open ${path}: ${goErrno(text)}`);
  }
  const parsed = parse(text.text);
  return parsed.ok ? parsed : fail(parsed.error);
}

const notFound = (dir: string, name: string) =>
  fail(`no net configuration with name ${goQuote(name)} in ${dir}`);

/** LoadConfList(): a list of this name, else a single configuration of this name. */
export function loadConfList(
  proc: Proc,
  dir: string,
  name: string,
): Result<NetworkConfigList, CniError> {
  const lists = confFiles(proc, dir, ['.conflist']);
  if (!lists.ok) return lists;
  for (const path of lists.value) {
    const list = read(proc, path, confListFromText);
    if (!list.ok || list.value.name === name) return list;
  }
  const files = confFiles(proc, dir, ['.conf', '.json']);
  if (!files.ok) return files;
  if (files.value.length === 0) {
    return lists.value.length > 0
      ? notFound(dir, name)
      : fail(`no net configurations found in ${dir}`);
  }
  for (const path of files.value) {
    const conf = read(proc, path, confFromText);
    if (!conf.ok) return conf;
    if (conf.value.network.name !== name) continue;
    const list = confListFromConf(conf.value);
    return list.ok ? list : fail(list.error);
  }
  return notFound(dir, name);
}
