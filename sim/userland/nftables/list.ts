import { strerror } from '../../linux/errno';
import { absent, FAMILIES, familyAt, type NftContext, tableOf } from './context';
import { managedWarning, printTable, type Shown } from './print-table';
import { type Answer, type Source, said } from './syntax';

/** Kinds of objects that iptables' tables never have: a list shows the tables that are empty of them. */
const SETS: ReadonlySet<string> = new Set(['sets', 'maps', 'meters', 'flowtables']);
const OBJECTS: ReadonlySet<string> = new Set([
  'counters',
  'quotas',
  'limits',
  'synproxys',
  'secmarks',
]);

/** do_command_list(), src/rule.c. */
export function list(ctx: NftContext, source: Source): Answer {
  const what = source.word(1) ?? '';
  if (what === 'table' || what === 'chain') return listOne(ctx, source, what);
  if (!['ruleset', 'tables', 'chains'].includes(what) && !SETS.has(what) && !OBJECTS.has(what)) {
    return ['set', 'map', 'ct', 'hooks', 'counter', 'quota', 'limit'].includes(what)
      ? absent(`'list ${what}'`)
      : source.syntaxError(1);
  }
  const only = source.word(2);
  if (only !== undefined && (!FAMILIES.has(only) || source.word(3) !== undefined)) {
    const at = FAMILIES.has(only) ? 3 : 2;
    return source.syntaxError(at, 'end of file or newline or semicolon');
  }
  return listAll(ctx, what, only);
}

function listAll({ net, style }: NftContext, what: string, only: string | undefined): Answer {
  const tables = net.nft.tables().filter((t) => only === undefined || t.family === only);
  if (OBJECTS.has(what)) return said('');
  if (what === 'tables') {
    const lines = tables.map((t) => {
      const handle = style.handles ? ` # handle ${t.handle}` : '';
      return `table ${t.family} ${t.name}${handle}\n`;
    });
    return said(lines.join(''));
  }
  if (SETS.has(what)) return said(tables.map((t) => `table ${t.family} ${t.name} {\n}\n`).join(''));
  const shown: Shown = { style, rules: what === 'ruleset', chain: undefined };
  const out = tables.map((t) => printTable(t, shown)).join('');
  const warnings = shown.rules ? tables.map((t) => managedWarning(t, undefined)) : [];
  return said(out, warnings.join(''));
}

/** A table or a chain that is named. */
function listOne(ctx: NftContext, source: Source, what: 'table' | 'chain'): Answer {
  const [family, at] = familyAt(source, 2);
  const name = source.word(at);
  if (name === undefined) return source.syntaxError(at, 'string');
  const chain = what === 'chain' ? source.word(at + 1) : undefined;
  if (what === 'chain' && chain === undefined) return source.syntaxError(at + 1, 'string');
  const last = what === 'chain' ? at + 2 : at + 1;
  if (source.word(last) !== undefined) {
    return source.syntaxError(last, 'end of file or newline or semicolon');
  }
  const table = tableOf(ctx, family, name);
  if (!table) return source.error(strerror('ENOENT'), at);
  if (chain !== undefined && !table.chains.has(chain)) {
    return source.error(strerror('ENOENT'), at + 1);
  }
  const out = printTable(table, { style: ctx.style, rules: true, chain });
  return said(out, managedWarning(table, chain));
}
