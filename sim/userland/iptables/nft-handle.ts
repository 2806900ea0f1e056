import { strerror } from '../../linux/errno';
import { nftCommit } from '../../linux/netfilter/nf-tables-api';
import type { NftOp } from '../../linux/netfilter/nf-tables-op';
import type { Blocking } from '../../linux/wait-queue';
import { NftCache } from './cache';
import { RESOURCE_PROBLEM, type XtError } from './extension';
import type { NftCmd } from './nft-cmd';
import type { NftFailure } from './nft-strerror';
import { describeOp, type OpType, type PendingOp } from './pending-op';
import { prepareCmd } from './prepare';
import { saveRule } from './save-rule';
import type { Session } from './session';
import { builtinChain, builtinTable } from './tables';

/** How a commit ends: well, with an errno for nft_strerror(), or with a text of its own. */
export type CommitResult = NftFailure | XtError | undefined;

/** struct nft_handle, iptables/nft.h: the commands of a batch, and what becomes of them. */
export class NftHandle {
  readonly #cmds: NftCmd[] = [];
  ops: PendingOp[] = [];
  cache: NftCache;
  /** The line of the command that is being prepared. */
  line = 0;

  constructor(readonly session: Session) {
    this.cache = this.#newCache();
  }

  #newCache(): NftCache {
    return new NftCache(this.session.proc.netns, this.session.family === 4 ? 'ip' : 'ip6');
  }

  add(cmd: NftCmd): void {
    this.#cmds.push(cmd);
  }

  emit(type: OpType, op: NftOp): PendingOp {
    const pending: PendingOp = { type, op, line: this.line };
    this.ops.push(pending);
    return pending;
  }

  /** nft_xt_builtin_table_init(): the table comes with the first thing in it. */
  initTable(table: string): void {
    const cached = this.cache.table(table);
    if (cached.exists) return;
    this.emit('TABLE_ADD', { kind: 'newtable', family: this.cache.family, table });
    cached.exists = true;
  }

  /** nft_xt_builtin_init(): the base chain comes when it is first used. */
  initChain(table: string, chain: string): void {
    this.initTable(table);
    const builtin = builtinTable(table);
    const known = builtin && builtinChain(builtin, chain);
    if (!known || this.cache.chain(table, chain)) return;
    this.cache.fakeBuiltinChains(table, chain);
    const base = { type: known.type, hook: known.name, priority: known.priority };
    this.emit('CHAIN_ADD', {
      kind: 'newchain',
      family: this.cache.family,
      table,
      chain,
      base: { ...base, policy: 'accept' },
    });
  }

  /** nft_chain_builtin_init(): all of them. */
  initChains(table: string): void {
    for (const { name } of builtinTable(table)?.chains ?? []) this.initChain(table, name);
  }

  /** nft_chain_exists(): a base chain always does. */
  chainExists(table: string, chain: string): boolean {
    const builtin = builtinTable(table);
    if (builtin && builtinChain(builtin, chain)) return true;
    return this.cache.chain(table, chain) !== undefined;
  }

  /** nft_commit(): prepares every command, then hands the batch to the kernel. */
  *commit(): Blocking<CommitResult> {
    for (const cmd of this.#cmds.splice(0)) {
      this.line = cmd.line;
      const failed = yield* prepareCmd(this, cmd);
      if (failed) return failed;
    }
    return this.#action();
  }

  /** nft_abort(): --test. */
  abort(): void {
    this.#cmds.length = 0;
  }

  /** nft_action(). */
  #action(): XtError | undefined {
    const { netns } = this.session.proc;
    const ops = this.ops;
    this.ops = [];
    if (ops.length > 0) netns.nft.printRule ??= printTraceRule;
    const done = nftCommit(
      netns,
      ops.map((one) => one.op),
    );
    this.cache = this.#newCache();
    if (done.ok) return undefined;
    const failed = ops[Math.min(done.error.index, ops.length - 1)];
    if (!failed) return undefined;
    const where = failed.line === 0 ? ' ' : `\nline ${failed.line}: `;
    const why = `${failed.type} failed (${strerror(done.error.errno)}): ${describeOp(failed)}`;
    return { status: RESOURCE_PROBLEM, text: where + why };
  }
}

/** A rule in a trace: as -S shows it, without its chain. */
const printTraceRule: NonNullable<Session['proc']['netns']['nft']['printRule']> = (family, entry) =>
  saveRule(family === 'ip' ? 4 : 6, entry).trimStart();
