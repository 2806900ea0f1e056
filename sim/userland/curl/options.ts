import { getopt, type LongOption, type Option } from '../glibc/getopt';
import { ABSENT_OPTIONS } from './absent-options';

/** struct OperationConfig of curl's tool, as far as it is simulated. */
export interface CurlOptions {
  readonly urls: string[];
  readonly outputs: string[];
  readonly headers: string[];
  readonly data: string[];
  readonly resolve: string[];
  silent: boolean;
  showError: boolean;
  verbose: boolean;
  include: boolean;
  head: boolean;
  get: boolean;
  fail: boolean;
  follow: boolean;
  remoteName: boolean;
  maxRedirs: number;
  method: string | undefined;
  userAgent: string;
  referer: string | undefined;
  cookie: string | undefined;
  user: string | undefined;
  json: boolean;
  writeOut: string | undefined;
  maxTimeMs: number | undefined;
  connectTimeoutMs: number | undefined;
  device: string | undefined;
  localPort: readonly [from: number, to: number] | undefined;
  family: 4 | 6 | undefined;
  http10: boolean;
}

export type ParsedCurl =
  | { readonly kind: 'run'; readonly options: CurlOptions }
  | { readonly kind: 'version' }
  /** Text after `curl: `, then the hint to --help; exit 2. */
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'notSimulated'; readonly option: string };

const optional = (): CurlOptions => ({
  urls: [],
  outputs: [],
  headers: [],
  data: [],
  resolve: [],
  silent: false,
  showError: false,
  verbose: false,
  include: false,
  head: false,
  get: false,
  fail: false,
  follow: false,
  remoteName: false,
  maxRedirs: 50,
  method: undefined,
  userAgent: 'curl/7.88.1',
  referer: undefined,
  cookie: undefined,
  user: undefined,
  json: false,
  writeOut: undefined,
  maxTimeMs: undefined,
  connectTimeoutMs: undefined,
  device: undefined,
  localPort: undefined,
  family: undefined,
  http10: false,
});

const flag = (name: string, short: string): LongOption => ({ name, short });
const valued = (name: string, short: string): LongOption => ({ name, short, argument: 'required' });

/** Long options by their short ones; those without one keep their name. */
const LONG: readonly LongOption[] = [
  flag('silent', 's'),
  flag('show-error', 'S'),
  flag('verbose', 'v'),
  flag('include', 'i'),
  flag('head', 'I'),
  flag('get', 'G'),
  flag('fail', 'f'),
  flag('location', 'L'),
  flag('insecure', 'k'),
  flag('remote-name', 'O'),
  flag('ipv4', '4'),
  flag('ipv6', '6'),
  flag('http1.0', '0'),
  flag('version', 'V'),
  flag('no-buffer', 'N'),
  flag('globoff', 'g'),
  flag('progress-bar', '#'),
  flag('http1.1', 'http1.1'),
  flag('path-as-is', 'path-as-is'),
  flag('no-progress-meter', 'no-progress-meter'),
  flag('no-keepalive', 'no-keepalive'),
  valued('output', 'o'),
  valued('write-out', 'w'),
  valued('max-time', 'm'),
  valued('connect-timeout', 'connect-timeout'),
  valued('header', 'H'),
  valued('request', 'X'),
  valued('data', 'd'),
  valued('data-raw', 'data-raw'),
  valued('data-ascii', 'd'),
  valued('data-binary', 'data-binary'),
  valued('json', 'json'),
  valued('user-agent', 'A'),
  valued('referer', 'e'),
  valued('cookie', 'b'),
  valued('user', 'u'),
  valued('max-redirs', 'max-redirs'),
  valued('resolve', 'resolve'),
  valued('interface', 'interface'),
  valued('local-port', 'local-port'),
  valued('noproxy', 'noproxy'),
  valued('url', 'url'),
];

const SHORT = 'sSviIGfLkO460VNg#o:w:m:H:X:d:A:e:b:u:';
/** Real options that are known but whose effect is not there. */
const NOT_SIMULATED =
  /^-(-retry|-compressed|-cacert|-cert|-proxy|-upload-file|-form|-http2|x|T|F|E|K|Z|z|c|r|C)/;

/** getparameter(), src/tool_getparam.c. */
export function parseCurl(argv: readonly string[]): ParsedCurl {
  const unknown = argv.slice(1).find((arg) => NOT_SIMULATED.test(arg) && !arg.startsWith('-C '));
  const parsed = getopt(['curl', ...argv.slice(1)], SHORT, LONG);
  if (!parsed.ok) {
    if (unknown !== undefined) return { kind: 'notSimulated', option: unknown };
    if (parsed.unknown !== undefined && ABSENT_OPTIONS.has(parsed.unknown)) {
      return { kind: 'notSimulated', option: parsed.unknown };
    }
    return { kind: 'usage', text: optionError(parsed.error) };
  }
  const options = optional();
  for (const option of parsed.options) {
    const stop = apply(options, option);
    if (stop) return stop;
  }
  options.urls.push(...parsed.operands);
  if (options.urls.length === 0) return { kind: 'usage', text: 'no URL specified!' };
  return { kind: 'run', options };
}

/** getopt's words as curl's own. */
function optionError(text: string): string {
  const name = /'([^']*)'/.exec(text)?.[1] ?? '';
  const shown = name.startsWith('--') ? name : `-${name}`;
  return text.includes('requires an argument')
    ? `option ${shown}: requires parameter`
    : `option ${shown}: is unknown`;
}

const SWITCHES: Readonly<Record<string, Partial<CurlOptions>>> = {
  s: { silent: true },
  S: { showError: true },
  v: { verbose: true },
  i: { include: true },
  I: { head: true },
  G: { get: true },
  f: { fail: true },
  L: { follow: true },
  O: { remoteName: true },
  '4': { family: 4 },
  '6': { family: 6 },
  '0': { http10: true },
  // A certificate is never looked at, output is never held back, no URL has a glob.
  k: {},
  N: {},
  g: {},
  '#': {},
  'http1.1': {},
  'path-as-is': {},
  'no-progress-meter': { silent: true, showError: true },
  'no-keepalive': {},
};

function apply(o: CurlOptions, { name, value = '' }: Option): ParsedCurl | undefined {
  const toggle = SWITCHES[name];
  if (toggle) {
    Object.assign(o, toggle);
    return undefined;
  }
  switch (name) {
    case 'V':
      return { kind: 'version' };
    case 'o':
      o.outputs.push(value);
      return undefined;
    case 'H':
      o.headers.push(value);
      return undefined;
    case 'd':
    case 'data-raw':
    case 'data-binary':
      o.data.push(name === 'data-raw' ? `=${value}` : `${name === 'd' ? '-' : '+'}${value}`);
      return undefined;
    case 'json':
      o.json = true;
      o.data.push(`+${value}`);
      return undefined;
    case 'url':
      o.urls.push(value);
      return undefined;
    case 'resolve':
      o.resolve.push(value);
      return undefined;
    default:
      return applyValue(o, name, value);
  }
}

const STRINGS: Readonly<Record<string, (value: string) => Partial<CurlOptions>>> = {
  w: (value) => ({ writeOut: value }),
  X: (value) => ({ method: value }),
  A: (value) => ({ userAgent: value }),
  e: (value) => ({ referer: value }),
  b: (value) => ({ cookie: value }),
  u: (value) => ({ user: value }),
  interface: (value) => ({ device: value }),
  noproxy: () => ({}),
};

function applyValue(o: CurlOptions, name: string, value: string): ParsedCurl | undefined {
  const text = STRINGS[name];
  if (text) {
    Object.assign(o, text(value));
    return undefined;
  }
  if (name === 'm' || name === 'connect-timeout') {
    const option = name === 'm' ? '-m' : '--connect-timeout';
    if (!/^\d*\.?\d+$/.test(value)) return expected(option);
    const ms = Math.round(Number(value) * 1000) || undefined;
    Object.assign(o, name === 'm' ? { maxTimeMs: ms } : { connectTimeoutMs: ms });
    return undefined;
  }
  if (name === 'local-port') {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(value);
    if (!range) return expected('--local-port');
    o.localPort = [Number(range[1]), Number(range[2] ?? range[1])];
    return undefined;
  }
  if (!/^-?\d+$/.test(value)) return expected(`--${name}`);
  o.maxRedirs = Number(value);
  return undefined;
}

const expected = (option: string): ParsedCurl => ({
  kind: 'usage',
  text: `option ${option}: expected a proper numerical parameter`,
});
