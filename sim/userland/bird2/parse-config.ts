import type { Family } from '../../wire/ip';
import type { Config, LogTarget } from './config';
import { parseDebugMask } from './debug';
import { parseBody, parseConstant, parseParameters } from './filter/parse';
import type { ConfigError, LexerEnv } from './lexer';
import { ALL_CLASSES } from './log';
import { parseProtocol } from './parse-protocol';
import { Parser } from './parser';
import { isoLong, isoShort, newTimeFormats, plainFormat, type TimeFormat } from './time-format';

export type Parsed =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'error'; readonly error: ConfigError }
  | { readonly kind: 'missing'; readonly what: string };

/** An empty configuration with the tables that every one has. */
export function newConfig(file: string): Config {
  const config: Config = {
    file,
    routerId: undefined,
    hostname: undefined,
    logs: [],
    timeFormats: newTimeFormats(),
    debug: new Set(),
    protos: [],
    tables: [],
    symbols: new Map(),
  };
  for (const family of [4, 6] as const) addTable(config, `master${family}`, family);
  return config;
}

function addTable(config: Config, name: string, family: Family): void {
  const table = { name, family };
  config.tables.push(table);
  config.symbols.set(name, { kind: 'table', table });
}

/** config_parse(), conf/conf.c. */
export function parseConfig(file: string, text: string, include: LexerEnv['include']): Parsed {
  const config = newConfig(file);
  const p = new Parser(config, text, include);
  while (!p.failed && !p.is('END')) parseEntry(p);
  if (!p.failed && config.protos.every((proto) => proto.template)) {
    p.fail('No protocol is specified in the config file');
  }
  if (p.missing !== undefined) return { kind: 'missing', what: p.missing };
  return p.lexer.error ? { kind: 'error', error: p.lexer.error } : { kind: 'config', config };
}

function parseEntry(p: Parser): void {
  if (p.take("';'")) return;
  const entry = ENTRIES[p.peek().kind];
  if (!entry) {
    p.unexpected();
    return;
  }
  p.next();
  entry(p);
}

const ENTRIES: Readonly<Record<string, (p: Parser) => void>> = {
  ROUTER: (p) => {
    p.expect('ID');
    if (p.is('FROM')) p.notSimulated('router id from');
    p.config.routerId = p.routerId();
    p.expect("';'");
  },
  HOSTNAME: (p) => {
    p.config.hostname = p.text();
    p.expect("';'");
  },
  LOG: parseLog,
  DEBUG: (p) => {
    if (p.take('PROTOCOLS')) p.config.debug = parseDebugMask(p);
    else if (p.take('CHANNELS')) parseDebugMask(p);
    else if (p.take('COMMANDS')) p.number();
    else p.unexpected();
    p.expect("';'");
  },
  TIMEFORMAT: parseTimeFormat,
  GRACEFUL: skipStatement,
  WATCHDOG: skipStatement,
  DEFINE: (p) => {
    const name = p.name();
    p.expect("'='");
    const value = parseConstant(p);
    p.expect("';'");
    p.define(name, { kind: 'constant', value });
  },
  FILTER: (p) => {
    const name = p.name();
    const filter = { name, parameters: [], body: [] };
    p.define(name, { kind: 'filter', filter });
    const { body } = parseBody(p, name, []);
    p.config.symbols.set(name, { kind: 'filter', filter: { ...filter, body } });
  },
  FUNCTION: (p) => {
    const name = p.name();
    const known = { name, parameters: [], body: [] };
    p.define(name, { kind: 'function', function: known });
    const parsed = parseBody(p, name, parseParameters(p));
    p.config.symbols.set(name, { kind: 'function', function: parsed });
  },
  EVAL: (p) => {
    parseConstant(p);
    p.expect("';'");
  },
  IPV4: (p) => parseTable(p, 4),
  IPV6: (p) => parseTable(p, 6),
  PROTOCOL: (p) => parseProtocol(p, false),
  TEMPLATE: (p) => parseProtocol(p, true),
};

function parseTable(p: Parser, family: Family): void {
  p.expect('TABLE');
  const name = p.name();
  const known = p.config.symbols.get(name);
  if (known?.kind !== 'table') {
    const table = { name, family };
    p.define(name, { kind: 'table', table });
    p.config.tables.push(table);
  }
  if (p.is("'{'", 'SORTED')) p.notSimulated('a table option');
}

/** log_config of sysdep/unix/config.Y. */
function parseLog(p: Parser): void {
  let to: LogTarget['to'];
  if (p.take('SYSLOG')) {
    if (p.take('NAME')) p.text();
    to = 'syslog';
  } else if (p.take('STDERR')) to = 'stderr';
  else {
    to = { file: p.text() };
    if (p.is('NUM')) p.notSimulated('a limit of the log file');
  }
  p.config.logs.push({ to, classes: parseLogMask(p) });
  p.expect("';'");
}

/** log_mask: `all`, or a list of classes. */
function parseLogMask(p: Parser): ReadonlySet<string> {
  if (p.take('ALL')) return ALL_CLASSES;
  const classes = new Set<string>();
  p.expect("'{'", 'ALL');
  while (!p.failed && !p.is("'}'")) {
    const name = p.next().text;
    if (!ALL_CLASSES.has(name)) p.unexpected();
    classes.add(name);
    if (!p.is("'}'")) p.expect("','", "'}'");
  }
  p.expect("'}'");
  return classes;
}

/** timeformat_spec of sysdep/unix/config.Y: what for, then one or two formats, or an ISO form by name. */
function parseTimeFormat(p: Parser): void {
  const { timeFormats } = p.config;
  const kinds = { ROUTE: 'route', PROTOCOL: 'protocol', BASE: 'base', LOG: 'log' } as const;
  const names = ['ROUTE', 'PROTOCOL', 'BASE', 'LOG'] as const;
  const kind = names.find((name) => p.take(name));
  if (!kind) p.unexpected(...names);
  const format = p.take('ISO') ? parseIso(p) : parseOwnFormat(p);
  if (kind) timeFormats[kinds[kind]] = format;
  p.expect("';'");
}

function parseIso(p: Parser): TimeFormat {
  const long = p.take('LONG');
  if (!long) p.expect('SHORT', 'LONG');
  const fraction = p.take('MS') ? '.%3f' : p.take('US') ? '.%6f' : '';
  return long ? isoLong(fraction) : isoShort(fraction);
}

function parseOwnFormat(p: Parser): TimeFormat {
  const format = p.expect('TEXT', 'ISO').text;
  if (!p.is('NUM')) return plainFormat(format);
  const limitSeconds = p.number();
  return { format, limitSeconds, older: p.expect('TEXT').text };
}

/** An option that changes nothing that is simulated. */
function skipStatement(p: Parser): void {
  while (!p.is("';'", 'END')) p.next();
  p.expect("';'");
}

/** What bird and birdc say of a configuration that cannot be used. */
export function parseProblem(
  parsed:
    | Exclude<Parsed, { kind: 'config' }>
    | { readonly kind: 'unreadable'; readonly text: string },
  path: string,
): string {
  if (parsed.kind === 'unreadable') return `${path}: ${parsed.text}`;
  if (parsed.kind === 'missing') return `hopwise: bird: ${parsed.what} is not simulated`;
  const { file, line, column, message } = parsed.error;
  return `${file}:${line}:${column} ${message}`;
}
