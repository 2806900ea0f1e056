import { OK, ok, type Result } from '../base/result';
import type { Ip } from '../wire/frame';
import { contains } from '../wire/ip';
import { type Fields, unmarshal } from './gojson/fields';
import { manyAllowed } from './host-local/config';
import type { Step } from './invoke';
import { previous } from './pkg/prev-result';
import { print } from './pkg/print';
import type { Call, Plugin } from './skel';
import { loadArgs } from './types/args';
import { type CniError, fail } from './types/error';
import { goIp, type IpNet, isV4, parseGoCidr, parseGoIp } from './types/ip-net';
import { readNetConf } from './types/net-conf';
import { type CniRoute, type Dns, newResult, readDns, readRoutes } from './types/result';

interface Address {
  readonly text: string;
  readonly net: IpNet | undefined;
  readonly gateway: Ip | undefined;
}

interface StaticConf {
  readonly cniVersion: string;
  readonly routes: readonly CniRoute[];
  readonly dns: Dns;
  readonly addresses: readonly (Address & { readonly net: IpNet })[];
}

const readConf = (f: Fields) => ({
  cniVersion: f.string('cniVersion'),
  ipam: f.pointer('ipam', 'main.IPAMConfig', (ipam) => ({
    routes: readRoutes(ipam, 'routes') ?? [],
    dns: ipam.struct('dns', 'types.DNS', readDns),
    addresses:
      ipam.list('addresses', '[]main.Address', (item) =>
        item.struct('main.Address', readAddress),
      ) ?? [],
  })),
  runtimeIps: f.struct('runtimeConfig', 'struct', (one) => one.strings('ips') ?? []),
  argsIps: f.struct('args', 'struct', (args) =>
    args.struct('cni', 'main.IPAMArgs', (cni) => cni.strings('ips') ?? []),
  ),
});

const readAddress = (f: Fields): Address => ({
  text: f.string('address'),
  net: undefined,
  gateway: f.ip('gateway'),
});

/** LoadIPAMConfig() of plugins/ipam/static: `args` and then `runtimeConfig` replace what is configured. */
function loadConf(call: Call): Result<StaticConf, CniError> {
  const read = unmarshal(call.stdin, 'main.Net', readConf);
  if (!read.ok) return fail(read.error);
  const { ipam, cniVersion } = read.value;
  if (!ipam) return fail("IPAM config missing 'ipam' key");
  const fromArgs = addArgs(call, ipam.addresses);
  if (!fromArgs.ok) return fromArgs;
  let addresses = fromArgs.value;
  for (const ips of [read.value.argsIps, read.value.runtimeIps]) {
    if (ips.length === 0) continue;
    const wrong = ips.find((text) => parseGoCidr(text) === undefined);
    if (wrong !== undefined) {
      return fail(`an entry in the 'ips' field is NOT in CIDR notation, got: '${wrong}'`);
    }
    addresses = ips.map((text) => ({ text, net: parseGoCidr(text), gateway: undefined }));
  }
  const parsed: (Address & { readonly net: IpNet })[] = [];
  for (const one of addresses) {
    const net = one.net ?? parseGoCidr(one.text);
    if (!net) {
      return fail(`the 'address' field is expected to be in CIDR notation, got: '${one.text}'`);
    }
    parsed.push({ ...one, net });
  }
  const v4 = parsed.filter(({ net }) => isV4(net.address)).length;
  if (!manyAllowed(v4, parsed.length - v4, cniVersion)) {
    return fail(`CNI version ${cniVersion} does not support more than 1 address per family`);
  }
  return ok({ cniVersion, routes: ipam.routes, dns: ipam.dns, addresses: parsed });
}

/** IP and GATEWAY of CNI_ARGS; a gateway goes only to addresses that are known as networks by then. */
function addArgs(call: Call, configured: readonly Address[]): Result<readonly Address[], CniError> {
  const args = loadArgs(call.args, ['IP', 'GATEWAY']);
  if (!args.ok) return fail(args.error);
  const split = (name: string): readonly string[] => {
    const text = args.value.get(name) ?? '';
    return text === '' ? [] : text.split(',');
  };
  const addresses: Address[] = [...configured];
  for (const text of split('IP').map((one) => one.trim())) {
    const net = parseGoCidr(text);
    if (!net) return fail(`the 'ip' field is expected to be in CIDR notation, got: '${text}'`);
    addresses.push({ text, net, gateway: undefined });
  }
  for (const item of split('GATEWAY')) {
    const gateway = parseGoIp(item.trim());
    if (gateway === undefined) return fail(`invalid gateway address: ${item}`);
    for (const [i, one] of addresses.entries()) {
      if (one.net && contains(one.net, gateway)) addresses[i] = { ...one, gateway };
    }
  }
  return ok(addresses);
}

function* add(call: Call): Step<string> {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const { routes, dns, addresses, cniVersion } = conf.value;
  const ips = addresses.map(({ net, gateway }) => ({ address: net, gateway }));
  const result = newResult(call.release.specVersion, { ips, routes, dns });
  return print(call, result, cniVersion);
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const own = unmarshal(call.stdin, 'types.NetConf', readNetConf);
  if (!own.ok) return fail(`failed to load netconf: ${own.error}`);
  const result = previous(call, own.value);
  if (!result.ok) return result;
  for (const { net, gateway } of conf.value.addresses) {
    const given = result.value.ips.find((ip) => ip.address.address === net.address);
    if (!given || gateway === undefined || gateway === given.gateway) continue;
    const what = `addr ${goIp(given.address.address)} on interface ${call.ifName}`;
    return fail(`static: Failed to match ${what}`);
  }
  return OK;
}

function* del(): Step {
  return OK;
}

/** plugins/ipam/static: the addresses that the configuration names. */
export const staticIpam: Plugin = { name: 'static', add, check, del };
