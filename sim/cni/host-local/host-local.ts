import { OK, ok, type Result } from '../../base/result';
import { readTextAt } from '../../linux/files';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import type { Step } from '../invoke';
import { print } from '../pkg/print';
import type { Call, Plugin } from '../skel';
import { type CniError, fail, goErrno } from '../types/error';
import { type Dns, type IpConfig, newResult } from '../types/result';
import { allocate } from './allocator';
import { type HostLocalConf, loadHostLocalConf } from './config';
import { rangeFor } from './range';
import { Store } from './store';

function openStore(call: Call, conf: HostLocalConf): Result<Store, CniError> {
  const store = Store.open(call.proc, conf.name, conf.dataDir, call.release.modern ? 0o600 : 0o644);
  if (typeof store !== 'string') return ok(store);
  return fail(`mkdir ${conf.dataDir}: ${goErrno(store)}`);
}

/** cmdAdd() of plugins/ipam/host-local. */
function* add(call: Call): Step<string> {
  const loaded = loadHostLocalConf(call);
  if (!loaded.ok) return loaded;
  const conf = loaded.value;
  const dns = conf.resolvConf === '' ? ok({}) : parseResolvConf(call, conf.resolvConf);
  if (!dns.ok) return dns;
  const store = openStore(call, conf);
  if (!store.ok) return store;
  const ips = yield* allocateAll(call, conf, store.value);
  if (!ips.ok) return ips;
  const { routes } = conf;
  const result = newResult(call.release.specVersion, { ips: ips.value, routes, dns: dns.value });
  return print(call, result, conf.cniVersion);
}

/** One address of each range set; all are given back when one cannot be had. */
function* allocateAll(call: Call, conf: HostLocalConf, store: Store): Step<readonly IpConfig[]> {
  const requested = new Map<string, Ip>(conf.requested.map((ip) => [formatIp(ip), ip]));
  const ips: IpConfig[] = [];
  const giveBack = (): void => {
    if (ips.length > 0) store.release(call.containerId, call.ifName);
  };
  for (const [index, set] of conf.ranges.entries()) {
    const wanted = [...requested.values()].find((ip) => rangeFor(set, ip) !== undefined);
    if (wanted !== undefined) requested.delete(formatIp(wanted));
    const { proc, containerId: id, ifName } = call;
    const ip = yield* allocate({ proc, set, store, index, id, ifName }, wanted);
    if (!ip.ok) {
      giveBack();
      return fail(`failed to allocate for range ${index}: ${ip.error}`);
    }
    ips.push(ip.value);
  }
  if (requested.size === 0) return ok(ips);
  giveBack();
  return fail(`failed to allocate all requested IPs: ${[...requested.keys()].join(' ')}`);
}

/** parseResolvConf() of dns.go. */
function parseResolvConf(call: Call, path: string): Result<Dns, CniError> {
  const text = readTextAt(call.proc, path);
  if (typeof text === 'string') return fail(`open ${path}: ${goErrno(text)}`);
  const found: Record<'nameservers' | 'search' | 'options', string[]> = {
    nameservers: [],
    search: [],
    options: [],
  };
  let domain: string | undefined;
  for (const line of text.text.split('\n').map((one) => one.trim())) {
    const [key = '', first, ...rest] = line.split(/\s+/);
    if (first === undefined || /^[#;]/.test(key)) continue;
    if (key === 'nameserver') found.nameservers.push(first);
    if (key === 'domain') domain = first;
    if (key === 'search') found.search.push(first, ...rest);
    if (key === 'options') found.options.push(first, ...rest);
  }
  const some = (list: readonly string[]) => (list.length > 0 ? list : undefined);
  return ok({
    nameservers: some(found.nameservers),
    domain,
    search: some(found.search),
    options: some(found.options),
  });
}

function* del(call: Call): Step {
  const conf = loadHostLocalConf(call);
  if (!conf.ok) return conf;
  const store = openStore(call, conf.value);
  if (!store.ok) return store;
  store.value.release(call.containerId, call.ifName);
  return OK;
}

function* check(call: Call): Step {
  const conf = loadHostLocalConf(call);
  if (!conf.ok) return conf;
  const store = openStore(call, conf.value);
  if (!store.ok) return store;
  if (store.value.has(call.containerId, call.ifName)) return OK;
  return fail(`host-local: Failed to find address added by container ${call.containerId}`);
}

/** plugins/ipam/host-local: addresses from ranges, kept in files. */
export const hostLocal: Plugin = { name: 'host-local', add, check, del };
