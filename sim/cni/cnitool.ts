import { ok, type Result } from '../base/result';
import type { Program } from '../linux/inode';
import { absolute, normalisePath } from '../linux/path';
import type { Proc } from '../linux/process';
import { print, printError } from '../linux/process-io';
import { isObject } from './gojson/fields';
import { type JsonObject, parseJson } from './gojson/scan';
import { type Step, splitPath } from './invoke';
import {
  addNetworkList,
  type CniConfig,
  checkNetworkList,
  delNetworkList,
  type RuntimeConf,
} from './libcni/api';
import { loadConfList, type NetworkConfigList } from './libcni/conf';
import { sha512 } from './pkg/sha512';
import { DEBIAN } from './release';
import { type CniError, errorText, fail, goQuote } from './types/error';
import { printResult } from './types/result';

const DEFAULT_NET_DIR = '/etc/cni/net.d';
const USAGE = `cnitool: Add, check, or remove network interfaces from a network namespace
  cnitool add   <net> <netns>
  cnitool check <net> <netns>
  cnitool del   <net> <netns>
`;

/** parseArgs(): CNI_ARGS. */
function parseArgs(text: string): Result<readonly (readonly [string, string])[], CniError> {
  if (text === '') return ok([]);
  const pairs: (readonly [string, string])[] = [];
  for (const pair of text.split(';')) {
    const [key = '', value = '', ...more] = pair.split('=');
    if (key === '' || value === '' || more.length > 0) {
      return fail(`invalid CNI_ARGS pair ${goQuote(pair)}`);
    }
    pairs.push([key, value]);
  }
  return ok(pairs);
}

/** CAP_ARGS: a JSON object. */
function parseCapabilities(text: string): Result<JsonObject, CniError> {
  if (text === '') return ok(new Map());
  const json = parseJson(text);
  if (!json.ok) return fail(json.error);
  return ok(isObject(json.value) ? json.value : new Map());
}

/** The container's name is drawn from the path of its namespace. */
function runtimeConf(proc: Proc, netnsPath: string): Result<RuntimeConf, CniError> {
  const capabilityArgs = parseCapabilities(proc.env.get('CAP_ARGS') ?? '');
  if (!capabilityArgs.ok) return capabilityArgs;
  const args = parseArgs(proc.env.get('CNI_ARGS') ?? '');
  if (!args.ok) return args;
  const netns = normalisePath(absolute(proc, netnsPath));
  return ok({
    containerId: `cnitool-${sha512(netns).slice(0, 20)}`,
    netns,
    ifName: proc.env.get('CNI_IFNAME') ?? 'eth0',
    args: args.value,
    capabilityArgs: capabilityArgs.value,
  });
}

/** cnitool of containernetworking/cni: libcni from the command line. */
export const cnitool: Program = function* (proc, argv) {
  const [, command = '', network, netns] = argv;
  if (network === undefined || netns === undefined) {
    yield* printError(proc, USAGE);
    return 1;
  }
  const dir = proc.env.get('NETCONFPATH') || DEFAULT_NET_DIR;
  const list = loadConfList(proc, dir, network);
  const rt = list.ok ? runtimeConf(proc, netns) : list;
  const cni = { proc, path: splitPath(proc.env.get('CNI_PATH')), release: DEBIAN };
  const done = list.ok && rt.ok ? yield* carryOut(cni, command, list.value, rt.value) : rt;
  if (!done.ok) {
    yield* printError(proc, `${errorText(done.error)}\n`);
    return 1;
  }
  if (typeof done.value === 'string') yield* print(proc, done.value);
  return 0;
};

function* carryOut(
  cni: CniConfig,
  command: string,
  list: NetworkConfigList,
  rt: RuntimeConf,
): Step<string> {
  if (command === 'add') {
    const result = yield* addNetworkList(cni, list, rt);
    if (!result.ok) return result;
    const text = printResult(result.value, list.cniVersion, cni.release);
    return text.ok ? text : fail(text.error);
  }
  const act = command === 'check' ? checkNetworkList : delNetworkList;
  const done = command === 'check' || command === 'del' ? yield* act(cni, list, rt) : ok('');
  return done.ok ? ok('') : done;
}
