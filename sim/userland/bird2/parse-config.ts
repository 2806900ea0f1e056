import type { Family } from '../../wire/ip';
import type { Config } from './config';
import { parseBody, parseConstant, parseParameters } from './filter/parse';
import type { ConfigError, LexerEnv } from './lexer';
import { parseProtocol } from './parse-protocol';
import { Parser } from './parser';

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
    if (!p.take('PROTOCOLS') && !p.take('CHANNELS') && !p.take('COMMANDS')) p.unexpected();
    skipStatement(p);
  },
  TIMEFORMAT: skipStatement,
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

/** log_config of sysdep/unix/config.Y; classes are accepted and all of them are written. */
function parseLog(p: Parser): void {
  if (p.take('SYSLOG')) {
    if (p.take('NAME')) p.text();
    p.config.logs.push({ to: 'syslog' });
  } else if (p.take('STDERR')) p.config.logs.push({ to: 'stderr' });
  else p.config.logs.push({ to: { file: p.text() } });
  skipStatement(p);
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
