import { assertNever } from '../../base/assert';
import type { Blocking } from '../../linux/wait-queue';
import { parameterProblem, type XtError } from './extension';
import { listRules, saveRules } from './list';
import { chainDelete, chainRestore, chainSet, rename, tableFlush, userAdd } from './nft-chain';
import type { NftCmd } from './nft-cmd';
import type { CommitResult, NftHandle } from './nft-handle';
import {
  appendRule,
  checkRule,
  deleteRule,
  deleteRuleNumber,
  flushRules,
  insertRule,
  replaceRule,
} from './nft-rule';
import { zeroChains, zeroRule } from './nft-zero';

/** nft_prepare(), iptables/nft.c: one command becomes messages, or text. */
export function* prepareCmd(handle: NftHandle, cmd: NftCmd): Blocking<CommitResult> {
  switch (cmd.kind) {
    case 'append':
      return assertJump(handle, cmd) ?? appendRule(handle, cmd);
    case 'insert':
      return assertJump(handle, cmd) ?? insertRule(handle, cmd);
    case 'replace':
      return assertJump(handle, cmd) ?? replaceRule(handle, cmd);
    case 'delete':
      return assertJump(handle, cmd) ?? deleteRule(handle, cmd);
    case 'check':
      return assertJump(handle, cmd) ?? checkRule(handle, cmd);
    case 'deleteNum':
      return deleteRuleNumber(handle, cmd);
    case 'flush':
      return flushRules(handle, cmd);
    case 'zero':
      return zeroChains(handle, cmd);
    case 'zeroNum':
      return zeroRule(handle, cmd);
    case 'chainDel':
      return chainDelete(handle, cmd);
    case 'userAdd':
      return userAdd(handle, cmd);
    case 'chainRestore':
      return chainRestore(handle, cmd);
    case 'rename':
      return rename(handle, cmd);
    case 'chainSet':
      return chainSet(handle, cmd);
    case 'tableFlush':
      return tableFlush(handle, cmd);
    case 'list':
      return yield* listRules(handle, cmd);
    case 'listRules':
      return saveRules(handle, cmd);
    default:
      return assertNever(cmd);
  }
}

/** assert_chain_exists(). */
function assertJump(
  handle: NftHandle,
  { jump, table }: { readonly jump: string | undefined; readonly table: string },
): XtError | undefined {
  if (jump === undefined || handle.chainExists(table, jump)) return undefined;
  return parameterProblem(`Chain '${jump}' does not exist`);
}
