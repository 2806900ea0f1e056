import type { NftChain, NftTable } from '../../linux/netfilter/nf-tables';
import { hasXtStatements, type NftStyle, printRule } from './print-rule';

/** Which part of a table a command lists. */
export interface Shown {
  readonly style: NftStyle;
  /** Rules as well; `list chains` shows none. */
  readonly rules: boolean;
  readonly chain: string | undefined;
}

/** table_print(), src/rule.c. */
export function printTable(table: NftTable, shown: Shown): string {
  const chains = [...table.chains.values()].filter(
    (chain) => shown.chain === undefined || chain.name === shown.chain,
  );
  const texts = chains.map((chain) => printChain(chain, table, shown));
  const between = shown.rules ? '\n' : '';
  const handle = handleOf(table.handle, shown.style);
  return `table ${table.family} ${table.name} {${handle}\n${texts.join(between)}}\n`;
}

const handleOf = (handle: number, style: NftStyle): string =>
  style.handles ? ` # handle ${handle}` : '';

/** chain_print_declaration() and chain_print(). */
function printChain(chain: NftChain, table: NftTable, { rules, style }: Shown): string {
  let text = `\tchain ${chain.name} {${handleOf(chain.handle, style)}\n`;
  if (chain.base) {
    const { hook, policy, priority, type } = chain.base;
    const place = `type ${type} hook ${hook.toLowerCase()} priority`;
    text += `\t\t${place} ${priorityText(chain, priority, style)}; policy ${policy};\n`;
  }
  if (rules) {
    const family = table.family === 'ip' ? 4 : 6;
    for (const rule of chain.rules) {
      text += `\t\t${printRule(rule, family, style)}${handleOf(rule.handle, style)}\n`;
    }
  }
  return `${text}\t}\n`;
}

/** prio2str(), src/rule.c: standard priorities by name, some only at their hook. */
function priorityText({ base }: NftChain, priority: number, style: NftStyle): string {
  if (style.numericPriority) return String(priority);
  const named = PRIORITIES.find(
    (one) => one.priority === priority && (!one.hook || one.hook === base?.hook),
  );
  return named?.name ?? String(priority);
}

const PRIORITIES = [
  { name: 'raw', priority: -300, hook: undefined },
  { name: 'mangle', priority: -150, hook: undefined },
  { name: 'dstnat', priority: -100, hook: 'PREROUTING' },
  { name: 'filter', priority: 0, hook: undefined },
  { name: 'security', priority: 50, hook: undefined },
  { name: 'srcnat', priority: 100, hook: 'POSTROUTING' },
] as const;

/** The warning about tables that iptables-nft keeps. */
export function managedWarning(table: NftTable, chain: string | undefined): string {
  const rules = [...table.chains.values()]
    .filter((one) => chain === undefined || one.name === chain)
    .flatMap((one) => one.rules);
  if (!rules.some((rule) => hasXtStatements(rule.entry))) return '';
  const name = `table ${table.family} ${table.name}`;
  return `# Warning: ${name} is managed by iptables-nft, do not touch!\n`;
}
