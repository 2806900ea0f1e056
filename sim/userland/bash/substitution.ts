import { concat, utf8Decode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import type { OpenFile } from '../../linux/open-file';
import { Pipe } from '../../linux/pipe';
import type { Proc } from '../../linux/process';
import { exitCode } from '../../linux/process';
import { readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { waitPid } from './job';
import type { Shell } from './shell';
import { subshellMain } from './subshell';

/** The most that one command substitution may give. */
const MAX_BYTES = 16 * 1024 * 1024;

/** command_substitute() of subst.c. */
export function* commandSubstitution(sh: Shell, script: string): Blocking<string> {
  const file = /^\s*<\s*([^\s<>|&;()]+)\s*$/.exec(script)?.[1];
  if (file !== undefined) return yield* fileContent(sh, file);
  const pipe = new Pipe(sh.proc.host.nextIno());
  const writer = pipe.open('write', 'pipe').get();
  const reader = pipe.open('read', 'pipe').get();
  const fds = new Map(sh.proc.fds).set(1, writer);
  const line = sh.wordLine;
  const child = fork(sh, fds, (inner) => {
    if (!sh.shoptOn('inherit_errexit') && !sh.has('posix')) inner.options.delete('errexit');
    return inner.interpreter.runText(inner, script, { firstLine: line || 1 });
  });
  writer.put();
  if (!child) {
    reader.put();
    yield* sh.error('fork: retry: Resource temporarily unavailable');
    sh.giveUp(254, false);
    return '';
  }
  const parts = yield* readWhole(sh, reader);
  reader.put();
  const status = yield* waitPid(sh, child);
  sh.substitutionStatus = exitCode(status);
  sh.status = sh.substitutionStatus;
  const text = utf8Decode(concat(parts));
  if (!text.includes('\0')) return text.replace(/\n+$/, '');
  yield* sh.error('warning: command substitution: ignored null byte in input');
  return text.replace(/\0/g, '').replace(/\n+$/, '');
}

function fork(
  sh: Shell,
  fds: ReadonlyMap<number, OpenFile>,
  body: (inner: Shell) => Blocking<number>,
): Proc | undefined {
  const child = sh.proc.host.spawn(sh.proc, {
    main: (proc) => subshellMain(sh, proc, body),
    argv: sh.proc.argv,
    env: sh.proc.env,
    fds,
  });
  return child === 'EAGAIN' ? undefined : child;
}

/** Reads although caught signals come; their traps run after the command. */
function* readWhole(sh: Shell, reader: OpenFile): Blocking<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const got = yield* readAll(sh.proc, reader, MAX_BYTES);
    if (got !== 'EINTR') return typeof got === 'string' ? parts : [...parts, ...got];
    for (let s = sh.proc.takeSignal(); s; s = sh.proc.takeSignal()) sh.pendingSignals.push(s);
  }
}

/** `$(<file)`. */
function* fileContent(sh: Shell, word: string): Blocking<string> {
  const path = yield* sh.interpreter.expandOne(sh, word);
  if (sh.unwind) return '';
  const file = open(sh.proc, path, { read: true });
  if (typeof file === 'string') {
    yield* sh.error(`${path}: ${strerror(file)}`);
    sh.substitutionStatus = 1;
    return '';
  }
  file.get();
  const parts = yield* readWhole(sh, file);
  file.put();
  sh.substitutionStatus = 0;
  return utf8Decode(concat(parts)).replace(/\n+$/, '');
}

/** process_substitute(): the word is /dev/fd/N of a pipe, N from 63 down. */
export function* processSubstitution(
  sh: Shell,
  direction: '<' | '>',
  script: string,
): Blocking<string> {
  const pipe = new Pipe(sh.proc.host.nextIno());
  const inner = pipe.open(direction === '<' ? 'write' : 'read', 'pipe').get();
  const mine = pipe.open(direction === '<' ? 'read' : 'write', 'pipe').get();
  const fds = new Map(sh.proc.fds).set(direction === '<' ? 1 : 0, inner);
  const line = sh.wordLine;
  const child = fork(sh, fds, (shell) =>
    shell.interpreter.runText(shell, script, { firstLine: line || 1 }),
  );
  inner.put();
  let fd = 63;
  while (sh.proc.fds.has(fd)) fd--;
  sh.proc.dup2(mine, fd);
  mine.put();
  sh.openSubstitutions.push(fd);
  if (child) {
    sh.lastBackground = child.pid;
    sh.jobs.substitutions.add(child.pid);
  }
  return `/dev/fd/${fd}`;
}

/** Closes the descriptors of process substitutions made since there were `keep` of them. */
export function closeSubstitutions(sh: Shell, keep: number): void {
  for (const fd of sh.openSubstitutions.splice(keep)) sh.proc.close(fd);
}
