import type { NftPosition } from '../../linux/netfilter/nf-tables-op';
import type { XtEntry } from '../../linux/netfilter/xt-rule';
import { formatIp } from '../../wire/ip';
import type { CachedChain, CachedRule } from './cache';
import { PRINT_RULE } from './list-format';
import type { NftCmdOf } from './nft-cmd';
import type { NftHandle } from './nft-handle';
import type { NftFailure } from './nft-strerror';
import type { PendingOp } from './pending-op';
import { printRule } from './print-rule';
import { sameData } from './rule-equal';

type Failed = NftFailure | undefined;

/** What -v says of a change: the rule in words. */
function say(handle: NftHandle, entry: XtEntry, verbose: boolean): void {
  if (!verbose) return;
  const { family, proc } = handle.session;
  const style = { proc, family, numeric: true, hostName: formatIp };
  const rule = { entry, counters: { packets: 0, bytes: 0 } };
  handle.session.out += printRule(rule, 0, { format: PRINT_RULE, style });
}

/** nft_rule_append(). */
export function appendRule(handle: NftHandle, cmd: NftCmdOf<'append'>): Failed {
  handle.initChain(cmd.table, cmd.chain);
  const op = emitRule(handle, cmd, 'append');
  say(handle, cmd.entry, cmd.verbose);
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  if (!chain) return { fn: 'rule_append', errno: 'ENOENT' };
  chain.rules.push({ handle: undefined, op, entry: cmd.entry, counters: cmd.counters });
  return undefined;
}

function emitRule(
  handle: NftHandle,
  cmd: NftCmdOf<'append'> | NftCmdOf<'insert'>,
  at: NftPosition,
): PendingOp {
  const { chain, counters, entry, table } = cmd;
  const { family } = handle.cache;
  const type = cmd.kind === 'append' || at === 'append' ? 'RULE_APPEND' : 'RULE_INSERT';
  return handle.emit(type, { kind: 'newrule', family, table, chain, entry, counters, at });
}

/** nft_rule_insert(). */
export function insertRule(handle: NftHandle, cmd: NftCmdOf<'insert'>): Failed {
  handle.initChain(cmd.table, cmd.chain);
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  if (!chain) return { fn: 'rule_insert', errno: 'ENOENT' };
  const { counters, entry, index } = cmd;
  const before = index > 0 ? chain.rules[index] : undefined;
  if (index > 0 && !before) {
    // One behind the last is where an append goes.
    if (chain.rules[index - 1]) return appendRule(handle, { ...cmd, kind: 'append' });
    return { fn: 'rule_insert', errno: 'E2BIG' };
  }
  const op = before ? insertBefore(handle, cmd, before) : emitRule(handle, cmd, 'prepend');
  chain.rules.splice(before ? index : 0, 0, { handle: undefined, op, entry, counters });
  say(handle, entry, cmd.verbose);
  return undefined;
}

/** Before a rule of the kernel by its handle; before one of this batch by the order of the messages. */
function insertBefore(handle: NftHandle, cmd: NftCmdOf<'insert'>, before: CachedRule): PendingOp {
  if (before.handle !== undefined) return emitRule(handle, cmd, { before: before.handle });
  const other = before.op;
  const at = other?.op.kind === 'newrule' ? other.op.at : 'append';
  const made = emitRule(handle, cmd, at);
  const pending: PendingOp = { ...made, type: 'RULE_INSERT' };
  handle.ops.pop();
  const place = other ? handle.ops.indexOf(other) : -1;
  handle.ops.splice(at === 'prepend' ? place + 1 : place, 0, pending);
  return pending;
}

/** nft_rule_replace(). */
export function replaceRule(handle: NftHandle, cmd: NftCmdOf<'replace'>): Failed {
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  if (!chain) return { fn: 'rule_replace', errno: 'ENOENT' };
  const old = chain.rules[cmd.index];
  if (!old) return { fn: 'rule_replace', errno: 'E2BIG' };
  swapRule(handle, cmd, { chain, old, entry: cmd.entry });
  say(handle, cmd.entry, cmd.verbose);
  return undefined;
}

/** A rule in the place of another, with new counters. */
export function swapRule(
  handle: NftHandle,
  cmd: { readonly table: string; readonly counters: CachedRule['counters'] },
  change: { readonly chain: CachedChain; readonly old: CachedRule; readonly entry: XtEntry },
): void {
  const { chain, entry, old } = change;
  const { counters, table } = cmd;
  const { family } = handle.cache;
  let { op } = old;
  if (old.handle !== undefined) {
    op = handle.emit('RULE_REPLACE', {
      kind: 'replacerule',
      family,
      table,
      chain: chain.name,
      handle: old.handle,
      entry,
      counters,
    });
  } else if (op && (op.op.kind === 'newrule' || op.op.kind === 'replacerule')) {
    op.op = { ...op.op, entry, counters };
  }
  const at = chain.rules.indexOf(old);
  chain.rules[at] = { handle: undefined, op, entry, counters };
}

/** nft_rule_find(): the first rule that is the same. */
const findRule = (chain: CachedChain, entry: XtEntry): CachedRule | undefined =>
  chain.rules.find((rule) => sameData(rule.entry, entry));

/** nft_rule_check(). */
export function checkRule(handle: NftHandle, cmd: NftCmdOf<'check'>): Failed {
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  const found = chain && findRule(chain, cmd.entry);
  if (!found) return { fn: 'rule_check', errno: 'ENOENT' };
  say(handle, found.entry, cmd.verbose);
  return undefined;
}

/** nft_rule_delete(). */
export function deleteRule(handle: NftHandle, cmd: NftCmdOf<'delete'>): Failed {
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  const found = chain && findRule(chain, cmd.entry);
  if (!found) return { fn: 'rule_delete', errno: 'ENOENT' };
  removeRule(handle, cmd.table, { chain, rule: found });
  say(handle, found.entry, cmd.verbose);
  return undefined;
}

/** nft_rule_delete_num(). */
export function deleteRuleNumber(handle: NftHandle, cmd: NftCmdOf<'deleteNum'>): Failed {
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  if (!chain) return { fn: 'rule_delete_num', errno: 'ENOENT' };
  const rule = chain.rules[cmd.index];
  if (!rule) return { fn: 'rule_delete_num', errno: 'E2BIG' };
  removeRule(handle, cmd.table, { chain, rule });
  return undefined;
}

function removeRule(
  handle: NftHandle,
  table: string,
  { chain, rule }: { readonly chain: CachedChain; readonly rule: CachedRule },
): void {
  chain.rules.splice(chain.rules.indexOf(rule), 1);
  const { family } = handle.cache;
  const { op } = rule;
  if (op?.op.kind === 'replacerule') {
    const target = op.op.handle;
    handle.ops.splice(handle.ops.indexOf(op), 1);
    handle.emit('RULE_DELETE', {
      kind: 'delrule',
      family,
      table,
      chain: chain.name,
      handle: target,
    });
  } else if (rule.handle !== undefined) {
    handle.emit('RULE_DELETE', {
      kind: 'delrule',
      family,
      table,
      chain: chain.name,
      handle: rule.handle,
    });
  } else if (op) handle.ops.splice(handle.ops.indexOf(op), 1);
}

/** nft_rule_flush(). */
export function flushRules(handle: NftHandle, cmd: NftCmdOf<'flush'>): Failed {
  const { table, verbose } = cmd;
  if (cmd.chain !== undefined) {
    handle.initChain(table, cmd.chain);
    const chain = handle.cache.chain(table, cmd.chain);
    if (!chain) return { fn: 'rule_flush', errno: 'ENOENT' };
    flushChain(handle, cmd, chain);
    return undefined;
  }
  if (verbose) {
    handle.initChains(table);
    for (const chain of handle.cache.chains(table, true)) flushChain(handle, cmd, chain);
    return undefined;
  }
  const cached = handle.cache.table(table);
  if (!cached.exists) return undefined;
  handle.emit('RULE_FLUSH', { kind: 'flushtable', family: handle.cache.family, table });
  for (const chain of cached.chains.values()) chain.rules.length = 0;
  return undefined;
}

function flushChain(handle: NftHandle, cmd: NftCmdOf<'flush'>, chain: CachedChain): void {
  if (cmd.verbose) handle.session.out += `Flushing chain \`${chain.name}'\n`;
  const { family } = handle.cache;
  handle.emit('RULE_FLUSH', { kind: 'flushchain', family, table: cmd.table, chain: chain.name });
  chain.rules.length = 0;
}
