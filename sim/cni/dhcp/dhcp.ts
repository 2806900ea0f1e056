import { err, OK, ok, type Result } from '../../base/result';
import type { Program } from '../../linux/inode';
import { printError } from '../../linux/process-io';
import type { Step } from '../invoke';
import { parseGoDuration } from '../pkg/duration';
import { print } from '../pkg/print';
import type { Release } from '../release';
import { type Call, type Plugin, pluginMain } from '../skel';
import { fail, goQuote } from '../types/error';
import { type CniResult, resultFromText } from '../types/result';
import { decodeVersion } from '../version';
import { type DaemonOptions, runDaemon } from './daemon';
import { readDhcpConf } from './options';
import { type Method, rpcCall } from './rpc';

const SOCKET_PATH = '/run/cni/dhcp.sock';
const DEFAULTS: DaemonOptions = {
  pidFile: '',
  hostPrefix: '',
  socketPath: '',
  broadcast: false,
  timeoutUs: 10_000_000,
  resendMaxUs: 62_000_000,
};
const USAGE = `Usage of daemon:
  -broadcast
    \tbroadcast DHCP leases
  -hostprefix string
    \toptional prefix to host root
  -pidfile string
    \toptional path to write daemon PID to
  -resendmax duration
    \toptional dhcp client resend max duration (default 1m2s)
  -socketpath string
    \toptional dhcp server socketpath
  -timeout duration
    \toptional dhcp client timeout duration (default 10s)
`;
const USAGE_ERROR = 2;

/** plugins/ipam/dhcp: addresses of a DHCP server, which a daemon asks and keeps asking. */
export const dhcp: Plugin = { name: 'dhcp', add, check, del };

/** Its main(): the daemon, or a call of the plugin. */
export const dhcpMain = (release: Release): Program =>
  function* (proc, argv) {
    if (argv[1] !== 'daemon') return yield* pluginMain(dhcp, release)(proc, argv);
    const flags = parseFlags(argv.slice(2));
    if (flags.ok) return yield* runDaemon(proc, flags.value, release);
    yield* printError(proc, flags.error + USAGE);
    return flags.error === '' ? 0 : USAGE_ERROR;
  };

/** flag.FlagSet.Parse(); an empty error is a call for help. */
function parseFlags(words: readonly string[]): Result<DaemonOptions, string> {
  let options = DEFAULTS;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const flag = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(word);
    if (!flag) break;
    const [, name = '', inline] = flag;
    if (name === 'h' || name === 'help') return err('');
    const needsValue = name !== 'broadcast' && inline === undefined;
    const value = needsValue ? words[++i] : inline;
    const set = setFlag(options, name, value);
    if (!set.ok) return set;
    options = set.value;
  }
  return ok(options.socketPath === '' ? { ...options, socketPath: SOCKET_PATH } : options);
}

function setFlag(
  options: DaemonOptions,
  name: string,
  value: string | undefined,
): Result<DaemonOptions, string> {
  if (name === 'broadcast') {
    const on = parseBool(value ?? 'true');
    const wrong = `invalid boolean value ${goQuote(value ?? '')} for -broadcast: parse error\n`;
    return on === undefined ? err(wrong) : ok({ ...options, broadcast: on });
  }
  const text = TEXT_FLAGS[name];
  const time = TIME_FLAGS[name];
  if (text === undefined && time === undefined) {
    return err(`flag provided but not defined: -${name}\n`);
  }
  if (value === undefined) return err(`flag needs an argument: -${name}\n`);
  if (text !== undefined) return ok({ ...options, [text]: value });
  const us = parseGoDuration(value);
  if (us === undefined || time === undefined) {
    return err(`invalid value ${goQuote(value)} for flag -${name}: parse error\n`);
  }
  return ok({ ...options, [time]: us });
}

const TEXT_FLAGS: Readonly<Record<string, 'pidFile' | 'hostPrefix' | 'socketPath'>> = {
  pidfile: 'pidFile',
  hostprefix: 'hostPrefix',
  socketpath: 'socketPath',
};
const TIME_FLAGS: Readonly<Record<string, 'resendMaxUs' | 'timeoutUs'>> = {
  resendmax: 'resendMaxUs',
  timeout: 'timeoutUs',
};

/** strconv.ParseBool(). */
function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined;
}

function* ask(call: Call, method: Method): Step<string> {
  const conf = readDhcpConf(call.stdin);
  if (!conf.ok) {
    return fail(`error obtaining socketPath: error parsing socket path conf: ${conf.error}`);
  }
  if (!conf.value.hasIpam) return fail("IPAM config missing 'ipam' key");
  const reply = yield* rpcCall(call, method, conf.value.socketPath || SOCKET_PATH);
  return reply.ok ? reply : fail(reply.error);
}

function* allocate(call: Call): Step<CniResult> {
  const reply = yield* ask(call, 'Allocate');
  if (!reply.ok) return reply;
  const result = resultFromText(reply.value, call.release);
  return result.ok ? result : fail(result.error);
}

function* add(call: Call): Step<string> {
  const version = decodeVersion(call.stdin);
  if (!version.ok) return fail(version.error);
  const result = yield* allocate(call);
  return result.ok ? print(call, result.value, version.value) : result;
}

/** A check is one more lease. */
function* check(call: Call): Step {
  const result = yield* allocate(call);
  return result.ok ? OK : result;
}

function* del(call: Call): Step {
  const reply = yield* ask(call, 'Release');
  return reply.ok ? OK : reply;
}
