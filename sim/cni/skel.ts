import { concat, utf8Decode } from '../base/bytes';
import { err, OK, ok, type Result } from '../base/result';
import type { Program } from '../linux/inode';
import type { Netns } from '../linux/netns';
import type { Proc } from '../linux/process';
import { print, printError, readAll } from '../linux/process-io';
import type { Blocking } from '../linux/wait-queue';
import { netnsAt } from '../userland/iproute2/netns-name';
import { unmarshal } from './gojson/fields';
import { marshal } from './gojson/marshal';
import type { Step } from './invoke';
import type { Release } from './release';
import {
  type CniError,
  cniError,
  ERR_DECODING_FAILURE,
  ERR_INCOMPATIBLE_CNI_VERSION,
  ERR_INVALID_ENVIRONMENT_VARIABLES,
  ERR_INVALID_NETNS,
  ERR_INVALID_NETWORK_CONFIG,
  ERR_IO_FAILURE,
  goQuote,
  goQuoteList,
  printed,
} from './types/error';
import { validateContainerId, validateInterfaceName, validateNetworkName } from './validate';
import { decodeVersion, versionAtLeast } from './version';

/** skel.CmdArgs, and what a plugin's process has. */
export interface Call {
  readonly proc: Proc;
  readonly release: Release;
  /** The namespace the plugin itself runs in. */
  readonly host: Netns;
  readonly containerId: string;
  readonly netns: string;
  readonly ifName: string;
  readonly args: string;
  readonly stdin: string;
}

/** The callbacks of skel.PluginMain(); `add` gives what is printed. */
export interface Plugin {
  readonly name: string;
  /** The oldest version it speaks, if not all (version.VersionsStartingFrom). */
  readonly since?: string | undefined;
  add(call: Call): Step<string>;
  check(call: Call): Step;
  del(call: Call): Step;
  status?(call: Call): Step;
}

type Command = 'ADD' | 'CHECK' | 'DEL' | 'GC' | 'STATUS' | 'VERSION';
type Verdict = Result<string, CniError>;

/** skel.PluginMain(). */
export const pluginMain = (plugin: Plugin, release: Release): Program =>
  function* (proc) {
    const versions = supported(plugin, release);
    if ((proc.env.get('CNI_COMMAND') ?? '') === '') {
      yield* printError(proc, about(plugin.name, versions));
      return 0;
    }
    const said = yield* dispatch(proc, plugin, release, versions);
    yield* print(proc, said.ok ? said.value : printed(said.error));
    return said.ok ? 0 : 1;
  };

const supported = (plugin: Plugin, release: Release): readonly string[] => {
  const from = plugin.since === undefined ? 0 : release.supportedVersions.indexOf(plugin.since);
  return release.supportedVersions.slice(from);
};

const about = (name: string, versions: readonly string[]): string =>
  `CNI ${name} plugin version unknown\nCNI protocol versions supported: ${versions.join(', ')}\n`;

const REQUIRED: readonly (readonly [name: string, commands: readonly string[]])[] = [
  ['CNI_COMMAND', []],
  ['CNI_CONTAINERID', ['ADD', 'CHECK', 'DEL']],
  ['CNI_NETNS', ['ADD', 'CHECK']],
  ['CNI_IFNAME', ['ADD', 'CHECK', 'DEL']],
  ['CNI_ARGS', []],
  ['CNI_PATH', ['ADD', 'CHECK', 'DEL', 'GC', 'STATUS']],
];

/** getCmdArgsFromEnv(): what is missing. */
function missing(proc: Proc, command: string, modern: boolean): CniError | undefined {
  const known = ['ADD', 'CHECK', 'DEL', ...(modern ? ['GC', 'STATUS'] : [])];
  const names: string[] = [];
  for (const [name, commands] of REQUIRED) {
    const value = proc.env.get(name) ?? '';
    if (!known.includes(command) || !commands.includes(command)) continue;
    if (value === '') names.push(name);
    else if (modern && name === 'CNI_CONTAINERID') {
      const wrong = validateContainerId(value);
      if (wrong) return wrong;
    } else if (modern && name === 'CNI_IFNAME') {
      const wrong = validateInterfaceName(value);
      if (wrong) return wrong;
    }
  }
  if (names.length === 0) return undefined;
  const text = `required env variables [${names.join(',')}] missing`;
  return cniError(ERR_INVALID_ENVIRONMENT_VARIABLES, text);
}

function* dispatch(
  proc: Proc,
  plugin: Plugin,
  release: Release,
  versions: readonly string[],
): Blocking<Verdict> {
  const env = (name: string): string => proc.env.get(name) ?? '';
  const command = env('CNI_COMMAND');
  const incomplete = missing(proc, command, release.modern);
  if (incomplete) return err(incomplete);
  const stdin = command === 'VERSION' ? '' : yield* readStdin(proc);
  if (typeof stdin !== 'string') return err(stdin.error);
  const call: Call = {
    proc,
    release,
    host: proc.netns,
    containerId: env('CNI_CONTAINERID'),
    netns: env('CNI_NETNS'),
    ifName: env('CNI_IFNAME'),
    args: env('CNI_ARGS'),
    stdin,
  };
  if (command !== 'VERSION') {
    const wrong = validateConfig(stdin) ?? (release.modern ? undefined : validateNames(call));
    if (wrong) return err(wrong);
  }
  return yield* carryOut(call, command, plugin, versions);
}

function* readStdin(proc: Proc): Blocking<string | { readonly error: CniError }> {
  const file = proc.fds.get(0);
  const parts = file ? yield* readAll(proc, file) : [];
  if (typeof parts !== 'string') return utf8Decode(concat(parts));
  return { error: cniError(ERR_IO_FAILURE, `error reading from stdin: ${parts}`) };
}

function validateConfig(text: string): CniError | undefined {
  const name = unmarshal(text, 'struct { Name string "json:\\"name\\"" }', (f) => f.string('name'));
  if (!name.ok) {
    return cniError(ERR_DECODING_FAILURE, `error unmarshall network config: ${name.error}`);
  }
  if (name.value === '') return cniError(ERR_INVALID_NETWORK_CONFIG, 'missing network name');
  return validateNetworkName(name.value);
}

const validateNames = (call: Call): CniError | undefined =>
  validateContainerId(call.containerId) ?? validateInterfaceName(call.ifName);

/** The switch of pluginMain(). */
function* carryOut(
  call: Call,
  command: string,
  plugin: Plugin,
  versions: readonly string[],
): Blocking<Verdict> {
  const { specVersion, modern } = call.release;
  if (command === 'VERSION') {
    return ok(`${marshal({ cniVersion: specVersion, supportedVersions: versions })}\n`);
  }
  if (!isCommand(command, modern)) {
    return err(cniError(ERR_INVALID_ENVIRONMENT_VARIABLES, `unknown CNI_COMMAND: ${command}`));
  }
  const old = checkAllowed(call, command, versions);
  if (old) return err(old);
  const version = decodeVersion(call.stdin);
  if (!version.ok) return err(cniError(ERR_DECODING_FAILURE, version.error));
  if (!versions.includes(version.value)) {
    const details = `config is ${goQuote(version.value)}, plugin supports ${goQuoteList(versions)}`;
    return err(cniError(ERR_INCOMPATIBLE_CNI_VERSION, 'incompatible CNI versions', details));
  }
  const said = yield* callPlugin(call, command, plugin);
  if (!said.ok || !modern || (command !== 'ADD' && command !== 'DEL')) return said;
  return checkNetns(call) ?? said;
}

const isCommand = (text: string, modern: boolean): text is Command =>
  ['ADD', 'CHECK', 'DEL'].includes(text) || (modern && (text === 'GC' || text === 'STATUS'));

/** CHECK came with 0.4.0; GC and STATUS with 1.1.0. */
function checkAllowed(
  call: Call,
  command: Command,
  versions: readonly string[],
): CniError | undefined {
  if (command === 'ADD' || command === 'DEL') return undefined;
  const version = decodeVersion(call.stdin);
  if (!version.ok) return cniError(ERR_DECODING_FAILURE, version.error);
  const allowed = versionAtLeast(version.value, command === 'CHECK' ? '0.4.0' : '1.1.0');
  if (!allowed.ok) return cniError(ERR_DECODING_FAILURE, allowed.error);
  const refuse = (who: string): CniError =>
    cniError(ERR_INCOMPATIBLE_CNI_VERSION, `${who} version does not allow ${command}`);
  if (!allowed.value) return refuse('config');
  const able = versions.some((one) => {
    const enough = versionAtLeast(one, version.value);
    return enough.ok && enough.value;
  });
  return able ? undefined : refuse('plugin');
}

function* callPlugin(call: Call, command: Command, plugin: Plugin): Blocking<Verdict> {
  if (command === 'ADD') return yield* plugin.add(call);
  const done = yield* others(call, command, plugin);
  return done.ok ? ok('') : done;
}

function* others(call: Call, command: Command, plugin: Plugin): Step {
  if (command === 'CHECK') return yield* plugin.check(call);
  if (command === 'DEL') return yield* plugin.del(call);
  if (command === 'STATUS' && plugin.status) return yield* plugin.status(call);
  return OK;
}

/** ns.CheckNetNS(): a container's namespace is not the plugin's own. */
function checkNetns({ proc, netns, host }: Call): Verdict | undefined {
  const override = (proc.env.get('CNI_NETNS_OVERRIDE') ?? '').toUpperCase();
  if (override === 'TRUE' || override === '1') return undefined;
  if (netns === '' || netnsAt(proc, netns) !== host) return undefined;
  const text = "plugin's netns and netns from CNI_NETNS should not be the same";
  return err(cniError(ERR_INVALID_NETNS, text));
}
