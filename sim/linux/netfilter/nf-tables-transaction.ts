import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { NftBase, NftChain, NftRule, NftTable } from './nf-tables';
import { registerChain, unregisterChain } from './nf-tables-chain';
import type { NftBaseRequest, NftOp, NftPosition } from './nf-tables-op';
import { xtCheckEntry, xtDestroyEntry } from './xt/check';
import { type Counters, NO_COUNTERS, type XtEntry } from './xt-rule';

type OpOf<K extends NftOp['kind']> = Extract<NftOp, { readonly kind: K }>;

/** One batch on its way: each change is made at once and kept with the way back (struct nft_trans). */
export class NftTransaction {
  /** Tables that got a rule or a chain. */
  readonly toValidate = new Set<NftTable>();
  readonly #net: Netns;
  readonly #undo: (() => void)[] = [];
  /** What only happens when the whole batch is good: state of rules that went. */
  readonly #done: (() => void)[] = [];

  constructor(net: Netns) {
    this.#net = net;
  }

  apply(op: NftOp): Errno | undefined {
    if (op.kind === 'newtable') return this.#newTable(op);
    const table = this.#net.nft.table(op.family, op.table);
    if (!table) return 'ENOENT';
    if (op.kind === 'deltable') return this.#delTable(table);
    if (op.kind === 'flushtable') {
      for (const chain of table.chains.values()) this.#flush(chain);
      return undefined;
    }
    if (op.kind === 'newchain') return this.#newChain(table, op);
    if (op.kind === 'zero' && op.chain === undefined) {
      for (const chain of table.chains.values()) this.#zero(chain, undefined);
      return undefined;
    }
    const chain = op.chain === undefined ? undefined : table.chains.get(op.chain);
    return chain ? this.#applyToChain(chain, op) : 'ENOENT';
  }

  commit(): void {
    for (const action of this.#done) action();
  }

  abort(): void {
    for (const action of this.#undo.reverse()) action();
  }

  #applyToChain(
    chain: NftChain,
    op: Exclude<NftOp, OpOf<'newtable' | 'deltable' | 'flushtable' | 'newchain'>>,
  ): Errno | undefined {
    switch (op.kind) {
      case 'delchain':
        return this.#delChain(chain, op.nonRec ?? false);
      case 'renamechain':
        return this.#rename(chain, op.name);
      case 'policy':
        return this.#policy(chain, op);
      case 'flushchain':
        this.#flush(chain);
        return undefined;
      case 'newrule':
        return this.#newRule(chain, op);
      case 'replacerule':
        return this.#replaceRule(chain, op);
      case 'delrule':
        return this.#delRule(chain, op.handle);
      case 'zero':
        return this.#zero(chain, op.handle);
    }
  }

  #do(change: () => void, undo: () => void): void {
    change();
    this.#undo.push(undo);
  }

  #newTable(op: OpOf<'newtable'>): Errno | undefined {
    const { nft } = this.#net;
    const { family, table: name } = op;
    if (nft.table(family, name)) return op.excl ? 'EEXIST' : undefined;
    const handle = nft.nextHandle();
    const table: NftTable = { handle, family, name, chains: new Map(), handles: 0 };
    this.#do(
      () => nft.link(table),
      () => nft.unlink(table),
    );
    return undefined;
  }

  #delTable(table: NftTable): undefined {
    for (const chain of table.chains.values()) this.#flush(chain);
    for (const chain of [...table.chains.values()]) this.#delChain(chain, false);
    this.#do(
      () => this.#net.nft.unlink(table),
      () => this.#net.nft.link(table),
    );
    return undefined;
  }

  #newChain(table: NftTable, op: OpOf<'newchain'>): Errno | undefined {
    if (table.chains.has(op.chain)) {
      if (op.excl) return 'EEXIST';
      const policy = op.base?.policy;
      const chain = table.chains.get(op.chain);
      return policy && chain ? this.#policy(chain, { policy, counters: op.counters }) : undefined;
    }
    const base = op.base && newBase(op.base, op.counters);
    const handle = ++table.handles;
    const chain: NftChain = {
      handle,
      table,
      name: op.chain,
      base,
      rules: [],
      use: 0,
      index: undefined,
      hookOps: undefined,
    };
    this.#do(
      () => {
        table.chains.set(chain.name, chain);
        registerChain(this.#net, chain);
      },
      () => {
        unregisterChain(this.#net, chain);
        table.chains.delete(chain.name);
      },
    );
    this.toValidate.add(table);
    return undefined;
  }

  /** nf_tables_delchain(). */
  #delChain(chain: NftChain, nonRec: boolean): Errno | undefined {
    if (nonRec && chain.rules.length > 0) return 'EBUSY';
    const selfUse = chain.rules.filter((rule) => jumpOf(rule.entry) === chain.name).length;
    if (chain.use - selfUse > 0) return 'EBUSY';
    this.#flush(chain);
    const { table } = chain;
    const before = [...table.chains];
    this.#do(
      () => {
        unregisterChain(this.#net, chain);
        table.chains.delete(chain.name);
      },
      () => {
        table.chains.clear();
        for (const [name, one] of before) table.chains.set(name, one);
        registerChain(this.#net, chain);
      },
    );
    return undefined;
  }

  /** NFT_MSG_NEWCHAIN with a handle and another name: rules that lead here follow. */
  #rename(chain: NftChain, name: string): Errno | undefined {
    const { table } = chain;
    if (table.chains.has(name)) return 'EEXIST';
    const old = chain.name;
    this.#do(
      () => renameChain(chain, name),
      () => renameChain(chain, old),
    );
    return undefined;
  }

  #policy(
    chain: NftChain,
    change: { readonly policy: 'accept' | 'drop'; readonly counters?: Counters | undefined },
  ): Errno | undefined {
    const { base } = chain;
    if (!base) return 'EOPNOTSUPP';
    const old = base.policy;
    this.#do(
      () => {
        base.policy = change.policy;
      },
      () => {
        base.policy = old;
      },
    );
    if (change.counters) this.#setStats(base, change.counters);
    return undefined;
  }

  #flush(chain: NftChain): void {
    for (const rule of [...chain.rules].reverse()) this.#unlinkRule(chain, rule);
  }

  #newRule(chain: NftChain, op: OpOf<'newrule'>): Errno | undefined {
    const at = positionOf(chain, op.at);
    if (at === undefined) return 'ENOENT';
    return this.#linkRule(chain, at, op);
  }

  #replaceRule(chain: NftChain, op: OpOf<'replacerule'>): Errno | undefined {
    const at = chain.rules.findIndex((rule) => rule.handle === op.handle);
    const old = chain.rules[at];
    if (!old) return 'ENOENT';
    const errno = this.#linkRule(chain, at + 1, op);
    if (!errno) this.#unlinkRule(chain, old);
    return errno;
  }

  #delRule(chain: NftChain, handle: number): Errno | undefined {
    const rule = chain.rules.find((one) => one.handle === handle);
    if (!rule) return 'ENOENT';
    this.#unlinkRule(chain, rule);
    return undefined;
  }

  #linkRule(
    chain: NftChain,
    at: number,
    asked: { readonly entry: XtEntry; readonly counters?: Counters | undefined },
  ): Errno | undefined {
    const { table } = chain;
    const { entry } = asked;
    const name = jumpOf(entry);
    const to = name === undefined ? undefined : table.chains.get(name);
    if (name !== undefined && !to) return 'ENOENT';
    if (to?.base) return 'EOPNOTSUPP';
    const place = { net: this.#net, table, chain };
    const errno = xtCheckEntry(place, entry);
    if (errno) return errno;
    const rule: NftRule = {
      handle: ++table.handles,
      entry,
      counters: { ...(asked.counters ?? NO_COUNTERS) },
      compiled: undefined,
    };
    this.#do(
      () => {
        chain.rules.splice(at, 0, rule);
        chain.index = undefined;
        if (to) to.use++;
      },
      () => {
        chain.rules.splice(chain.rules.indexOf(rule), 1);
        chain.index = undefined;
        if (to) to.use--;
        xtDestroyEntry(place, entry);
      },
    );
    this.toValidate.add(table);
    return undefined;
  }

  #unlinkRule(chain: NftChain, rule: NftRule): void {
    const at = chain.rules.lastIndexOf(rule);
    const { entry } = rule;
    const name = jumpOf(entry);
    const to = name === undefined ? undefined : chain.table.chains.get(name);
    this.#do(
      () => {
        chain.rules.splice(at, 1);
        chain.index = undefined;
        if (to) to.use--;
      },
      () => {
        chain.rules.splice(at, 0, rule);
        chain.index = undefined;
        if (to) to.use++;
      },
    );
    this.#done.push(() => xtDestroyEntry({ net: this.#net, table: chain.table, chain }, entry));
  }

  #zero(chain: NftChain, handle: number | undefined): Errno | undefined {
    const rules =
      handle === undefined ? chain.rules : chain.rules.filter((rule) => rule.handle === handle);
    if (handle !== undefined && rules.length === 0) return 'ENOENT';
    for (const rule of rules) this.#setCounters(rule.counters, NO_COUNTERS);
    if (handle === undefined && chain.base) this.#setStats(chain.base, NO_COUNTERS);
    return undefined;
  }

  /** nft_chain_stats_replace(). */
  #setStats(base: NftBase, to: Counters): void {
    const old = base.counting;
    this.#do(
      () => {
        base.counting = true;
      },
      () => {
        base.counting = old;
      },
    );
    this.#setCounters(base.counters, to);
  }

  #setCounters(counters: Counters, to: Counters): void {
    const old = { ...counters };
    this.#do(
      () => Object.assign(counters, to),
      () => Object.assign(counters, old),
    );
  }
}

const newBase = (asked: NftBaseRequest, counters: Counters | undefined): NftBase => ({
  type: asked.type,
  hook: asked.hook,
  priority: asked.priority,
  policy: asked.policy ?? 'accept',
  counters: { ...(counters ?? NO_COUNTERS) },
  counting: counters !== undefined,
});

const jumpOf = (entry: XtEntry): string | undefined =>
  entry.target?.name === 'chain' ? entry.target.chain : undefined;

/** Where in the list a rule goes; undefined if the rule to stand beside is not there. */
function positionOf(chain: NftChain, at: NftPosition): number | undefined {
  if (at === 'append') return chain.rules.length;
  if (at === 'prepend') return 0;
  const handle = 'before' in at ? at.before : at.after;
  const found = chain.rules.findIndex((rule) => rule.handle === handle);
  if (found < 0) return undefined;
  return 'before' in at ? found : found + 1;
}

function renameChain(chain: NftChain, name: string): void {
  const { table } = chain;
  const chains = [...table.chains.values()];
  for (const one of chains) {
    for (const rule of one.rules) {
      const { target } = rule.entry;
      if (target?.name !== 'chain' || target.chain !== chain.name) continue;
      rule.entry = { ...rule.entry, target: { ...target, chain: name } };
    }
  }
  chain.name = name;
  table.chains.clear();
  for (const one of chains) table.chains.set(one.name, one);
}
