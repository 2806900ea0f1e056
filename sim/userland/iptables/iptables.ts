import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Family } from '../../wire/ip';
import { doCommand } from './do-command';
import { RESOURCE_PROBLEM } from './extension';
import { type CommitResult, NftHandle } from './nft-handle';
import { nftStrerror } from './nft-strerror';
import { exitError, newSession, type Session } from './session';

/** xtables_main(), iptables/xtables-standalone.c. */
export const iptables = (family: Family): Program =>
  function* (proc, argv) {
    const program = family === 4 ? 'iptables' : 'ip6tables';
    const session = newSession(proc, family, program);
    const code = yield* run(session, argv);
    yield* flush(proc, session);
    return code;
  };

function* run(session: Session, argv: readonly string[]): Blocking<number> {
  const handle = new NftHandle(session);
  const added = yield* doCommand(session, handle, { argv });
  if (!added.ok) return added.error.code;
  return reportCommit(session, yield* handle.commit());
}

/** The status of a commit, and what the tool says of a failure. */
function reportCommit(session: Session, result: CommitResult): number {
  if (!result) return 0;
  if ('text' in result) return exitError(session, result).code;
  const more = result.errno === 'EINVAL' ? " Run `dmesg' for more information." : '';
  session.err += `${session.program}: ${nftStrerror(result)}.${more}\n`;
  return result.errno === 'EAGAIN' ? RESOURCE_PROBLEM : 1;
}

/** Writes what the run has said. */
export function* flush(proc: Proc, session: Session): Blocking<void> {
  if (session.out !== '') yield* print(proc, session.out);
  if (session.err !== '') yield* printError(proc, session.err);
}
