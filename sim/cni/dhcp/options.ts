import { utf8Encode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import {
  type DhcpMessage,
  type DhcpOption,
  dhcpOption,
  dhcpOptionWords,
  OPTION_CLASSLESS_ROUTES,
  OPTION_CLIENT_ID,
  OPTION_HOST_NAME,
  OPTION_PARAMETER_LIST,
  OPTION_ROUTER,
  OPTION_STATIC_ROUTE,
  OPTION_SUBNET_MASK,
} from '../../wire/dhcp';
import type { Ipv4 } from '../../wire/frame';
import { type Fields, unmarshal } from '../gojson/fields';
import { goQuote } from '../types/error';
import type { CniRoute } from '../types/result';

const OPTION_VENDOR_CLASS = 60;
const OPTION_USER_CLASS = 77;
const MAX_VALUE = 255;
const MAX_CLIENT_ID = 254;

/** optionNameToID. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ['dhcp-client-identifier', OPTION_CLIENT_ID],
  ['subnet-mask', OPTION_SUBNET_MASK],
  ['routers', OPTION_ROUTER],
  ['host-name', OPTION_HOST_NAME],
  ['user-class', OPTION_USER_CLASS],
  ['vendor-class-identifier', OPTION_VENDOR_CLASS],
]);
const DEFAULT_REQUEST = [OPTION_ROUTER, OPTION_SUBNET_MASK];

export interface DhcpConf {
  readonly name: string;
  /** Without it the real plugin panics. */
  readonly hasIpam: boolean;
  readonly socketPath: string;
  readonly provide: readonly Provide[];
  readonly request: readonly { readonly option: string; readonly skipDefault: boolean }[];
}

interface Provide {
  readonly option: string;
  readonly value: string;
  readonly fromArg: string;
}

/** NetConf of plugins/ipam/dhcp. */
export const readDhcpConf = (text: string): Result<DhcpConf, string> =>
  unmarshal(text, 'main.NetConf', (f) => ({
    name: f.string('name'),
    hasIpam: f.object('ipam') !== undefined,
    ...f.struct('ipam', 'main.IPAMConfig', (ipam) => ({
      socketPath: ipam.string('daemonSocketPath'),
      provide: structs(ipam, 'provide', 'ProvideOption', (one) => ({
        option: one.string('option'),
        value: one.string('value'),
        fromArg: one.string('fromArg'),
      })),
      request: structs(ipam, 'request', 'RequestOption', (one) => ({
        option: one.string('option'),
        skipDefault: one.bool('skipDefault'),
      })),
    })),
  }));

const structs = <T>(f: Fields, name: string, type: string, read: (one: Fields) => T) =>
  f.list(name, `[]main.${type}`, (item) => item.struct(`main.${type}`, read)) ?? [];

/** generateClientID(): truncated to what fits one octet of length. */
export const clientIdOf = (containerId: string, netName: string, ifName: string): string =>
  `${containerId}/${netName}/${ifName}`.slice(0, MAX_CLIENT_ID);

/** getOptionsWithClientId(): type 0, no hardware address. */
export const clientIdOption = (clientId: string): DhcpOption => ({
  code: OPTION_CLIENT_ID,
  data: Uint8Array.of(0, ...utf8Encode(clientId)),
});

/** prepareOptions(): what is told to the server, and what is asked of it. */
export function prepareOptions(
  cniArgs: string,
  conf: DhcpConf,
): Result<readonly DhcpOption[], string> {
  const provided = provideOptions(cniArgs, conf.provide);
  if (!provided.ok) return provided;
  const wanted = new Set<number>();
  for (const { option } of conf.request) {
    const code = parseOption(option);
    if (!code.ok) return code;
    wanted.add(code.value);
  }
  if (!conf.request.some((one) => one.skipDefault)) {
    for (const code of DEFAULT_REQUEST) wanted.add(code);
  }
  const list = { code: OPTION_PARAMETER_LIST, data: Uint8Array.from(wanted) };
  return ok([...provided.value, list]);
}

function provideOptions(
  cniArgs: string,
  provide: readonly Provide[],
): Result<readonly DhcpOption[], string> {
  const args = new Map<string, string>();
  for (const pair of cniArgs.split(';')) {
    const at = pair.indexOf('=');
    if (at >= 0) args.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const found = new Map<number, Uint8Array>();
  for (const { option, value, fromArg } of provide) {
    const code = parseOption(option);
    if (!code.ok) return code;
    const what = `value too long for option ${goQuote(option)}`;
    if (value.length > MAX_VALUE) return err(`${what}: ${goQuote(value)}`);
    if (value !== '') found.set(code.value, utf8Encode(value));
    const given = args.get(fromArg);
    if (given === undefined) continue;
    if (given.length > MAX_VALUE) {
      return err(`${what} from CNI_ARGS ${goQuote(fromArg)}: ${goQuote(value)}`);
    }
    found.set(code.value, utf8Encode(given));
  }
  return ok([...found].map(([code, data]) => ({ code, data })));
}

/** parseOptionName(): a name, or strconv.ParseUint(option, 10, 8). */
function parseOption(text: string): Result<number, string> {
  const named = NAMES.get(text);
  if (named !== undefined) return ok(named);
  const digits = /^\d+$/.test(text);
  if (digits && Number(text) <= 0xff) return ok(Number(text));
  const why = digits ? 'value out of range' : 'invalid syntax';
  const parse = `Can not parse option: strconv.ParseUint: parsing ${goQuote(text)}: ${why}`;
  return err(`Can not parse option ${goQuote(text)}: ${parse}`);
}

/** parseSubnetMask(), as a length. */
export function prefixLenOf(ack: DhcpMessage): number | undefined {
  const [mask] = dhcpOptionWords(ack, OPTION_SUBNET_MASK);
  return mask === undefined ? undefined : Math.clz32(~mask);
}

/** parseRouter(): exactly one. */
export function gatewayOf(ack: DhcpMessage): Ipv4 | undefined {
  const data = dhcpOption(ack, OPTION_ROUTER);
  return data?.length === 4 ? dhcpOptionWords(ack, OPTION_ROUTER)[0] : undefined;
}

/** DHCPLease.Routes(): RFC 3442 lets classless routes replace static ones and the router. */
export function routesOf(ack: DhcpMessage): readonly CniRoute[] {
  const classless = classlessRoutes(dhcpOption(ack, OPTION_CLASSLESS_ROUTES) ?? new Uint8Array(0));
  if (classless.length > 0) return classless;
  const routes = staticRoutes(dhcpOptionWords(ack, OPTION_STATIC_ROUTE));
  const gw = gatewayOf(ack);
  return gw === undefined ? routes : [...routes, { dst: { address: 0, prefixLen: 0 }, gw }];
}

/** parseRoutes(): pairs of a classful network and its router. */
function staticRoutes(words: readonly number[]): readonly CniRoute[] {
  const routes: CniRoute[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) {
    const address = words[i] ?? 0;
    routes.push({ dst: { address, prefixLen: classfulLen(address) }, gw: words[i + 1] });
  }
  return routes;
}

/** net.IP.DefaultMask(). */
function classfulLen(address: Ipv4): number {
  const first = address >>> 24;
  if (first < 128) return 8;
  return first < 192 ? 16 : 24;
}

/** parseCIDRRoutes(): the network's bytes are cut to what its length needs; a wrong one spoils all. */
function classlessRoutes(data: Uint8Array): readonly CniRoute[] {
  const routes: CniRoute[] = [];
  let at = 0;
  while (data.length - at >= 5) {
    const prefixLen = data[at] ?? 0;
    const octets = Math.ceil(prefixLen / 8);
    if (prefixLen > 32 || data.length - at < 1 + octets + 4) return [];
    const word = (from: number, count: number): number => {
      let value = 0;
      for (let i = 0; i < 4; i++) value = value * 256 + (i < count ? (data[from + i] ?? 0) : 0);
      return value;
    };
    routes.push({
      dst: { address: word(at + 1, octets), prefixLen },
      gw: word(at + 1 + octets, 4),
    });
    at += octets + 5;
  }
  return routes;
}
