import { type CachedChain, emptyChain } from './cache';
import type { NftCmdOf } from './nft-cmd';
import type { NftHandle } from './nft-handle';
import type { NftFailure } from './nft-strerror';
import { builtinChain, builtinTable } from './tables';

type Failed = NftFailure | undefined;

/** nft_chain_user_add(). */
export function userAdd(handle: NftHandle, { chain, table }: NftCmdOf<'userAdd'>): Failed {
  handle.initTable(table);
  if (handle.chainExists(table, chain)) return { fn: 'chain_user_add', errno: 'EEXIST' };
  addUserChain(handle, table, chain);
  return undefined;
}

function addUserChain(handle: NftHandle, table: string, chain: string): void {
  const { cache } = handle;
  handle.emit('CHAIN_USER_ADD', {
    kind: 'newchain',
    family: cache.family,
    table,
    chain,
    excl: true,
  });
  cache.table(table).chains.set(chain, emptyChain(chain, undefined));
}

/** nft_chain_restore(): a chain that is there is emptied. */
export function chainRestore(handle: NftHandle, cmd: NftCmdOf<'chainRestore'>): Failed {
  const { chain, table } = cmd;
  handle.initTable(table);
  const known = handle.cache.chain(table, chain);
  if (!known) {
    addUserChain(handle, table, chain);
    return undefined;
  }
  const { family } = handle.cache;
  handle.emit('RULE_FLUSH', { kind: 'flushchain', family, table, chain });
  known.rules.length = 0;
  return undefined;
}

/** nft_chain_set(): -P, and the chains of -restore. */
export function chainSet(handle: NftHandle, cmd: NftCmdOf<'chainSet'>): Failed {
  const { chain, counters, table } = cmd;
  if (!['DROP', 'ACCEPT', '-'].includes(cmd.policy)) return { fn: 'chain_set', errno: 'EINVAL' };
  handle.initChain(table, chain);
  const builtin = builtinTable(table);
  const known = handle.cache.chain(table, chain);
  if (!builtin || !builtinChain(builtin, chain) || !known) {
    return { fn: 'chain_set', errno: 'ENOENT' };
  }
  const policy = cmd.policy === '-' ? (known.policy ?? 'ACCEPT') : cmd.policy;
  handle.emit('CHAIN_UPDATE', {
    kind: 'policy',
    family: handle.cache.family,
    table,
    chain,
    policy: policy === 'DROP' ? 'drop' : 'accept',
    counters,
  });
  return undefined;
}

/** nft_chain_user_rename(). */
export function rename(handle: NftHandle, cmd: NftCmdOf<'rename'>): Failed {
  const { chain, newName, table } = cmd;
  if (handle.chainExists(table, newName)) return { fn: 'chain_user_rename', errno: 'EEXIST' };
  if (!handle.cache.chain(table, chain)) return { fn: 'chain_user_rename', errno: 'ENOENT' };
  const { family } = handle.cache;
  handle.emit('CHAIN_RENAME', { kind: 'renamechain', family, table, chain, name: newName });
  return undefined;
}

/** nft_chain_del(): -X; base chains that have nothing in them go as well. */
export function chainDelete(handle: NftHandle, cmd: NftCmdOf<'chainDel'>): Failed {
  const { table } = cmd;
  if (cmd.chain !== undefined) {
    const chain = handle.cache.chain(table, cmd.chain);
    if (!chain) return { fn: 'chain_del', errno: 'ENOENT' };
    // The rules of a chain that is named are not fetched: only the kernel knows of them.
    return deleteOne(handle, cmd, chain, chain.policy !== 'DROP');
  }
  for (const chain of handle.cache.chains(table, cmd.verbose)) {
    deleteOne(handle, cmd, chain, chain.policy !== 'DROP' && chain.rules.length === 0);
  }
  return undefined;
}

function deleteOne(
  handle: NftHandle,
  cmd: NftCmdOf<'chainDel'>,
  chain: CachedChain,
  mayDelete: boolean,
): Failed {
  const { table, verbose } = cmd;
  const builtin = chain.hook !== undefined;
  if (verbose && !builtin) handle.session.out += `Deleting chain \`${chain.name}'\n`;
  handle.cache.table(table).chains.delete(chain.name);
  if (builtin && !mayDelete) return { fn: 'chain_del', errno: 'EBUSY' };
  const { family } = handle.cache;
  handle.emit('CHAIN_DEL', { kind: 'delchain', family, table, chain: chain.name, nonRec: true });
  return undefined;
}

/** nft_table_flush(): what -restore begins with. */
export function tableFlush(handle: NftHandle, { table }: NftCmdOf<'tableFlush'>): Failed {
  const cached = handle.cache.table(table);
  if (cached.exists) {
    handle.emit('TABLE_FLUSH', { kind: 'deltable', family: handle.cache.family, table });
  }
  cached.exists = false;
  cached.chains.clear();
  return undefined;
}
