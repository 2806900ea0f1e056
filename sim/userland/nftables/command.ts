import { strerror } from '../../linux/errno';
import type { NftChain, NftTable } from '../../linux/netfilter/nf-tables';
import { nftCommit } from '../../linux/netfilter/nf-tables-api';
import type { NftOp } from '../../linux/netfilter/nf-tables-op';
import { absent, FAMILIES, familyAt, type NftContext, tableOf } from './context';
import { list } from './list';
import { type Answer, DONE, Source } from './syntax';

/** Commands that nft knows; what they would change is not simulated. */
const KNOWN: ReadonlySet<string> = new Set([
  'add',
  'create',
  'insert',
  'replace',
  'reset',
  'rename',
  'monitor',
  'describe',
  'export',
  'import',
  'get',
  'destroy',
]);

/** nft_parse_bison_buffer(): one command. */
export function runCommand(ctx: NftContext, text: string): Answer {
  const source = new Source(text);
  const verb = source.word(0) ?? '';
  if (verb === 'list') return list(ctx, source);
  if (verb === 'flush') return flush(ctx, source);
  if (verb === 'delete') return remove(ctx, source);
  if (KNOWN.has(verb) || source.tokens.length > 1) return absent(`the command '${verb}'`);
  return source.syntaxError(1, 'string');
}

function flush(ctx: NftContext, source: Source): Answer {
  const what = source.word(1);
  if (what === 'ruleset') return flushRuleset(ctx, source);
  if (what !== 'table' && what !== 'chain') {
    return what === undefined || !FLUSHABLE.has(what)
      ? source.syntaxError(1)
      : absent(`'flush ${what}'`);
  }
  return onObject(ctx, source, what === 'chain' ? 'flushchain' : 'flushtable');
}

const FLUSHABLE: ReadonlySet<string> = new Set(['set', 'map', 'flow', 'meter']);

function flushRuleset({ net }: NftContext, source: Source): Answer {
  const only = source.word(2);
  if (only !== undefined && !FAMILIES.has(only)) {
    return source.syntaxError(2, 'end of file or newline or semicolon');
  }
  const tables = net.nft.tables().filter((t) => only === undefined || t.family === only);
  const ops = tables.map((t): NftOp => ({ kind: 'deltable', family: t.family, table: t.name }));
  nftCommit(net, ops);
  return DONE;
}

function remove(ctx: NftContext, source: Source): Answer {
  const what = source.word(1);
  if (what === 'table') return onObject(ctx, source, 'deltable');
  if (what === 'chain') return onObject(ctx, source, 'delchain');
  if (what === 'rule') return onObject(ctx, source, 'delrule');
  if (what === undefined || !DELETABLE.has(what)) return source.syntaxError(1);
  return absent(`'delete ${what}'`);
}

const DELETABLE: ReadonlySet<string> = new Set([
  'set',
  'map',
  'element',
  'flowtable',
  'counter',
  'quota',
  'ct',
  'limit',
  'secmark',
  'synproxy',
]);

type ObjectOp = 'flushtable' | 'flushchain' | 'deltable' | 'delchain' | 'delrule';

/** `flush` and `delete` of a table, a chain or a rule that is named. */
function onObject(ctx: NftContext, source: Source, kind: ObjectOp): Answer {
  const [family, at] = familyAt(source, 2);
  const name = source.word(at);
  const expected = kind === 'deltable' || kind === 'delchain' ? 'handle or string' : 'string';
  if (name === undefined) return source.syntaxError(at, kind === 'deltable' ? expected : 'string');
  const ofTable = kind === 'flushtable' || kind === 'deltable';
  const chainName = ofTable ? '' : source.word(at + 1);
  if (chainName === undefined) return source.syntaxError(at + 1, expected);
  const table = tableOf(ctx, family, name);
  if (!table) return missingTable(ctx, source, { kind, family, name, at });
  const common = { family: table.family, table: name };
  if (ofTable) return commit(ctx, source, { kind, ...common }, at);
  const chain = table.chains.get(chainName);
  if (!chain) return missingChain(ctx, source, { kind, table, chainName, at: at + 1 });
  if (kind !== 'delrule') return commit(ctx, source, { kind, ...common, chain: chainName }, at + 1);
  return deleteRule(ctx, source, chain, at + 2);
}

function deleteRule(ctx: NftContext, source: Source, chain: NftChain, at: number): Answer {
  if (source.word(at) !== 'handle') return source.syntaxError(at, 'handle');
  const handle = Number(source.word(at + 1) ?? Number.NaN);
  if (!Number.isInteger(handle)) return source.syntaxError(at + 1, 'number');
  const { family, name: table } = chain.table;
  const op: NftOp = { kind: 'delrule', family, table, chain: chain.name, handle };
  return commit(ctx, source, op, at + 1);
}

const kernelError = (source: Source, index: number, errno = strerror('ENOENT')): Answer =>
  source.error(`Could not process rule: ${errno}`, index);

/** table_not_found(): another family may have a table of that name. */
function missingTable(
  { net }: NftContext,
  source: Source,
  missing: {
    readonly kind: ObjectOp;
    readonly family: string;
    readonly name: string;
    readonly at: number;
  },
): Answer {
  const { at, family, kind, name } = missing;
  const other = net.nft.tables().find((one) => one.name === name && one.family !== family);
  if (kind !== 'deltable' || !other) return kernelError(source, at);
  const place = `table ‘${name}’ in family ${other.family}`;
  return source.error(`${strerror('ENOENT')}; did you mean ${place}?`, at);
}

/** chain_not_found(): another table may have a chain of that name. */
function missingChain(
  { net }: NftContext,
  source: Source,
  missing: {
    readonly kind: ObjectOp;
    readonly table: NftTable;
    readonly chainName: string;
    readonly at: number;
  },
): Answer {
  const { at, chainName, kind, table } = missing;
  const other = net.nft.tables(table.family).find((one) => one.chains.has(chainName));
  if (kind !== 'delchain' || !other) return kernelError(source, at);
  const place = `chain ‘${chainName}’ in table ${other.family} ‘${other.name}’`;
  return source.error(`${strerror('ENOENT')}; did you mean ${place}?`, at);
}

function commit({ net }: NftContext, source: Source, op: NftOp, at: number): Answer {
  const done = nftCommit(net, [op]);
  return done.ok ? DONE : kernelError(source, at, strerror(done.error.errno));
}
