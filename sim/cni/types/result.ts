import { err, ok, type Result } from '../../base/result';
import type { Ip } from '../../wire/frame';
import { formatCidr, formatIp } from '../../wire/ip';
import { type Fields, unmarshal } from '../gojson/fields';
import { marshal, type Output } from '../gojson/marshal';
import type { Release } from '../release';
import { decodeVersion } from '../version';
import { goQuote } from './error';
import { goIp, goNet, type IpNet, isV4 } from './ip-net';

/** types/100: a result of version 1.0.0, in which every plugin thinks; older ones are converted. */
export interface CniResult {
  readonly cniVersion: string;
  readonly interfaces: readonly CniInterface[];
  readonly ips: readonly IpConfig[];
  readonly routes: readonly CniRoute[];
  readonly dns: Dns;
}

export interface CniInterface {
  readonly name: string;
  readonly mac?: string | undefined;
  readonly sandbox?: string | undefined;
}

export interface IpConfig {
  /** Index into the result's interfaces. */
  readonly interface?: number | undefined;
  readonly address: IpNet;
  readonly gateway?: Ip | undefined;
}

export interface CniRoute {
  readonly dst: IpNet;
  readonly gw?: Ip | undefined;
}

export interface Dns {
  readonly nameservers?: readonly string[] | undefined;
  readonly domain?: string | undefined;
  readonly search?: readonly string[] | undefined;
  readonly options?: readonly string[] | undefined;
}

export const newResult = (cniVersion: string, parts: Partial<CniResult> = {}): CniResult => ({
  interfaces: [],
  ips: [],
  routes: [],
  dns: {},
  ...parts,
  cniVersion,
});

export const hasDns = (dns: Dns): boolean => Object.values(dns).some((one) => one !== undefined);

const V02 = ['0.1.0', '0.2.0'];
const V04 = ['0.3.0', '0.3.1', '0.4.0'];

/** The versions that one Go type reads (creator.versions), as its complaint lists them. */
const creatorOf = (version: string, release: Release): readonly string[] | undefined =>
  [['', ...V02], V04, release.supportedVersions.filter((one) => one.startsWith('1.'))].find(
    (versions) => versions.includes(version),
  );

/** create.CreateFromBytes(). */
export function resultFromText(text: string, release: Release): Result<CniResult, string> {
  const version = decodeVersion(text);
  return version.ok ? createResult(version.value, text, release) : version;
}

/** create.Create(): a result of this version, in the newest form. */
export function createResult(
  version: string,
  text: string,
  release: Release,
): Result<CniResult, string> {
  const supported = creatorOf(version, release);
  if (!supported) return err(`unsupported CNI result version ${goQuote(version)}`);
  const old = V02.includes(supported[1] ?? '') || supported.includes('');
  const parsed = unmarshal(text, old ? 'types020.Result' : 'types100.Result', (f) =>
    old ? read020(f) : read100(f),
  );
  if (!parsed.ok) return parsed;
  const { cniVersion } = parsed.value;
  if (!supported.includes(cniVersion)) {
    return err(
      `result type supports [${supported.join(' ')}] but unmarshalled CNIVersion is ${goQuote(cniVersion)}`,
    );
  }
  return ok(cniVersion === '' ? { ...parsed.value, cniVersion: '0.1.0' } : parsed.value);
}

const read100 = (f: Fields): CniResult => ({
  cniVersion: f.string('cniVersion'),
  interfaces:
    f.list('interfaces', '[]*types100.Interface', (i) =>
      i.struct('types100.Interface', readInterface),
    ) ?? [],
  ips: f.list('ips', '[]*types100.IPConfig', (i) => i.struct('types100.ipConfig', readIp)) ?? [],
  routes: readRoutes(f, 'routes') ?? [],
  dns: f.struct('dns', 'types.DNS', readDns),
});

const readInterface = (f: Fields): CniInterface => ({
  name: f.string('name'),
  mac: f.string('mac') || undefined,
  sandbox: f.string('sandbox') || undefined,
});

const NO_NET: IpNet = { address: 0, prefixLen: 0 };

const readIp = (f: Fields): IpConfig => ({
  interface: f.optionalInt('interface'),
  address: f.cidr('address') ?? NO_NET,
  gateway: f.ip('gateway'),
});

/** types.Route's UnmarshalJSON. */
export const readRoutes = (f: Fields, name: string): readonly CniRoute[] | undefined =>
  f.list(name, '[]*types.Route', (i) =>
    i.struct('types.route', (r) => ({ dst: r.cidr('dst') ?? NO_NET, gw: r.ip('gw') })),
  );

/** types.DNS. */
export const readDns = (f: Fields): Dns => ({
  nameservers: f.strings('nameservers'),
  domain: f.string('domain') || undefined,
  search: f.strings('search'),
  options: f.strings('options'),
});

/** types/020, and its conversion to newer ones. */
function read020(f: Fields): CniResult {
  const read = (one: Fields) => ({
    ip: { address: one.cidr('ip') ?? NO_NET, gateway: one.ip('gateway') },
    routes: readRoutes(one, 'routes') ?? [],
  });
  const families = ['ip4', 'ip6'].flatMap(
    (name) => f.pointer(name, 'types020.ipConfig', read) ?? [],
  );
  return newResult(f.string('cniVersion'), {
    ips: families.map((one) => one.ip),
    routes: families.flatMap((one) => one.routes),
    dns: f.struct('dns', 'types.DNS', readDns),
  });
}

/** Result.GetAsVersion() and its JSON. */
export function resultAs(
  result: CniResult,
  toVersion: string,
  release: Release,
): Result<Output, string> {
  const version = toVersion === '' ? '0.1.0' : toVersion;
  if (!release.supportedVersions.includes(version)) {
    return err(`no converter for CNI result version ${result.cniVersion} to ${version}`);
  }
  if (V02.includes(version)) return as020(result, version);
  return ok(fieldsOf({ ...result, cniVersion: version }, V04.includes(version), release));
}

/** json.Marshal of types/100, or of types/040 where addresses name their family. */
function fieldsOf(result: CniResult, old: boolean, release: Release): Output {
  const sparse = release.sparseResult && !old && !hasDns(result.dns);
  const sorted = release.sparseResult && !old;
  const fields: Output = {
    cniVersion: result.cniVersion,
    interfaces: some(result.interfaces.map((one) => ({ ...one }))),
    ips: some(result.ips.map((one) => ipOutput(one, old))),
    routes: some(result.routes.map(routeOutput)),
    dns: sparse ? undefined : { ...result.dns },
  };
  return sorted ? sortFields(fields) : fields;
}

const some = (list: readonly Output[]): Output => (list.length > 0 ? list : undefined);

const ipOutput = (ip: IpConfig, old: boolean): Output => ({
  version: old ? (isV4(ip.address.address) ? '4' : '6') : undefined,
  interface: ip.interface,
  address: formatCidr(ip.address),
  gateway: ip.gateway === undefined ? undefined : formatIp(ip.gateway),
});

const routeOutput = ({ dst, gw }: CniRoute): Output => ({
  dst: formatCidr(dst),
  gw: gw === undefined ? undefined : formatIp(gw),
});

/** convertTo02x(): the first address of each family, with its routes. */
function as020(result: CniResult, version: string): Result<Output, string> {
  const family = (v4: boolean): Output => {
    const ip = result.ips.find((one) => isV4(one.address.address) === v4);
    if (!ip) return undefined;
    return {
      ip: formatCidr(ip.address),
      gateway: ip.gateway === undefined ? undefined : formatIp(ip.gateway),
      routes: some(result.routes.filter((r) => isV4(r.dst.address) === v4).map(routeOutput)),
    };
  };
  const [ip4, ip6] = [family(true), family(false)];
  if (!ip4 && !ip6) return err('cannot convert: no valid IP addresses');
  return ok({ cniVersion: version, ip4, ip6, dns: { ...result.dns } });
}

/** json.Marshal of a map: what an object becomes that went through map[string]interface{}. */
function sortFields(value: Output): Output {
  if (Array.isArray(value)) return value.map(sortFields);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sortFields(one)]));
}

/** Result.Print() of types/100 under whatever version it claims: nothing is converted. */
export const printAsIs = (result: CniResult, release: Release): string =>
  marshal(fieldsOf(result, false, release), '    ');

/** types.PrintResult(). */
export function printResult(
  result: CniResult,
  version: string,
  release: Release,
): Result<string, string> {
  const output = resultAs(result, version, release);
  return output.ok ? ok(marshal(output.value, '    ')) : output;
}

/** IPConfig.String(): `%+v` of the struct; a pointer shows as an address. */
export const goIpConfig = (ip: IpConfig): string =>
  `{Interface:${ip.interface === undefined ? '<nil>' : '0xc0000b2010'} Address:${goNet(ip.address, true)} Gateway:${goIp(ip.gateway)}}`;

/** Route.String(). */
export const goRoute = (route: CniRoute, release: Release): string => {
  const more = release.modern ? ' MTU:0 AdvMSS:0 Priority:0 Table:<nil> Scope:<nil>' : '';
  return `{Dst:${goNet(route.dst, true)} GW:${goIp(route.gw)}${more}}`;
};
