import type { HereDoc, Redirect, Redirection } from 'unbash';
import { utf8Encode } from '../../base/bytes';
import type { Errno } from '../../linux/errno';
import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import { OpenFile } from '../../linux/open-file';
import { lookupPath } from '../../linux/path';
import type { Blocking } from '../../linux/wait-queue';
import { assign } from './assign';
import { expandOne, expandText, expandWords } from './expand';
import { isNetworkPath, netOpen } from './netopen';
import type { Shell } from './shell';

/** What stood on a descriptor before a redirection; undefined: it was closed. */
export interface Saved {
  readonly fd: number;
  readonly file: OpenFile | undefined;
}

/** The first descriptor that `{name}>` gives. */
const FIRST_NAMED_FD = 10;

/** do_redirections(): false after a message; what was done until then is in `saved` for `undo`. */
export function* redirectAll(
  sh: Shell,
  redirects: readonly Redirection[],
  saved: Saved[],
): Blocking<boolean> {
  for (const redirect of redirects) {
    const ok =
      redirect.type === 'Redirect'
        ? yield* redirectOne(sh, redirect, saved)
        : yield* hereText(sh, redirect, saved);
    if (!ok) return false;
  }
  return true;
}

/** Puts back what was there, last first. */
export function undo(sh: Shell, saved: Saved[]): void {
  for (let one = saved.pop(); one; one = saved.pop()) {
    if (one.file) {
      sh.proc.dup2(one.file, one.fd);
      one.file.put();
    } else sh.proc.close(one.fd);
  }
}

/** Keeps what redirections did (exec >file). */
export function keep(saved: Saved[]): void {
  for (let one = saved.pop(); one; one = saved.pop()) one.file?.put();
}

function save(sh: Shell, fd: number, saved: Saved[]): void {
  saved.push({ fd, file: sh.savedFile(fd) });
}

/** Puts a file on the descriptor of a redirection. */
function* place(
  sh: Shell,
  redirect: Redirection,
  standard: number,
  file: OpenFile,
  saved: Saved[],
): Blocking<boolean> {
  const { descriptor } = redirect;
  if (descriptor?.type === 'FileDescriptorVariable') {
    const fd = sh.proc.install(file, FIRST_NAMED_FD);
    return yield* assign(sh, { name: descriptor.name }, String(fd));
  }
  const fd = descriptor?.value ?? standard;
  save(sh, fd, saved);
  sh.proc.dup2(file, fd);
  return true;
}

function* hereText(
  sh: Shell,
  redirect: Exclude<Redirection, Redirect>,
  saved: Saved[],
): Blocking<boolean> {
  const text =
    redirect.type === 'HereString'
      ? `${yield* expandOne(sh, redirect.target?.text ?? '')}\n`
      : yield* hereDocument(sh, redirect);
  if (sh.unwind) return false;
  return yield* place(sh, redirect, 0, textFile(utf8Encode(text)), saved);
}

function* hereDocument(sh: Shell, doc: HereDoc): Blocking<string> {
  const raw = doc.closing || doc.body.text.endsWith('\n') ? doc.body.text : `${doc.body.text}\n`;
  const body = doc.operator === '<<-' ? raw.replace(/^\t+/gm, '') : raw;
  if (doc.delimiter?.quoted) return body;
  return yield* expandText(sh, body, 'heredoc');
}

/** An unlinked file with the text of a here-document. */
function textFile(bytes: Uint8Array): OpenFile {
  const ops = {
    kind: 'pipe' as const,
    read: (file: OpenFile, max: number): Uint8Array => {
      const part = bytes.subarray(file.offset, file.offset + max);
      file.offset += part.length;
      return part;
    },
    write: (): Errno => 'EBADF',
    poll: () => ({ in: true, out: false }),
  };
  return new OpenFile(ops, { read: true, write: false }, 'pipe');
}

function* redirectOne(sh: Shell, redirect: Redirect, saved: Saved[]): Blocking<boolean> {
  const source = redirect.target?.text ?? '';
  const { operator } = redirect;
  if (operator === '<&' || operator === '>&') {
    const word = yield* expandOne(sh, source);
    if (sh.unwind) return false;
    if (/^\d+-?$|^-$/.test(word)) return yield* duplicate(sh, redirect, word, saved);
    if (operator === '<&' || redirect.descriptor) {
      yield* sh.error(`${source}: ambiguous redirect`);
      return false;
    }
  }
  const words = yield* expandWords(sh, [source]);
  if (sh.unwind) return false;
  const path = words[0];
  if (words.length !== 1 || path === undefined) {
    yield* sh.error(`${source}: ambiguous redirect`);
    return false;
  }
  const network = isNetworkPath(path);
  const file = network ? yield* netOpen(sh, path) : openTarget(sh, operator, path);
  if (typeof file === 'string') {
    yield* sh.error(openFailure(sh, operator, path, file));
    return false;
  }
  if (!network) file.get();
  const standard = operator === '<' || operator === '<>' ? 0 : 1;
  const ok = yield* place(sh, redirect, standard, file, saved);
  if (operator === '&>' || operator === '&>>' || operator === '>&') {
    save(sh, 2, saved);
    sh.proc.dup2(file, 2);
  }
  file.put();
  return ok;
}

/** redirection_error(); dash has words of its own (openredirect of redir.c). */
function openFailure(
  sh: Shell,
  operator: Redirect['operator'],
  path: string,
  errno: Errno,
): string {
  if (!sh.dash) {
    return `${path}: ${errno === 'EEXIST' ? 'cannot overwrite existing file' : strerror(errno)}`;
  }
  const reads = operator === '<';
  const missing = reads ? 'No such file' : 'Directory nonexistent';
  return `cannot ${reads ? 'open' : 'create'} ${path}: ${errno === 'ENOENT' ? missing : strerror(errno)}`;
}

function openTarget(sh: Shell, operator: Redirect['operator'], path: string): OpenFile | Errno {
  switch (operator) {
    case '<':
    case '<&':
      return open(sh.proc, path, { read: true });
    case '<>':
      return open(sh.proc, path, { read: true, write: true, create: true });
    case '>>':
    case '&>>':
      return open(sh.proc, path, { write: true, append: true, create: true });
    default:
      if (operator === '>' && sh.has('noclobber') && existsRegular(sh, path)) return 'EEXIST';
      return open(sh.proc, path, { write: true, create: true, truncate: true });
  }
}

const existsRegular = (sh: Shell, path: string): boolean => {
  const inode = lookupPath(sh.proc, path);
  return typeof inode !== 'string' && inode.body.kind === 'file';
};

/** `n>&m`, `n>&-`, `n>&m-`. */
function* duplicate(
  sh: Shell,
  redirect: Redirect,
  word: string,
  saved: Saved[],
): Blocking<boolean> {
  const standard = redirect.operator === '<&' ? 0 : 1;
  if (word === '-') {
    const fd = yield* descriptorOf(sh, redirect, standard);
    if (fd === undefined) return false;
    save(sh, fd, saved);
    sh.proc.close(fd);
    return true;
  }
  const from = Number(word.replace('-', ''));
  const file = sh.proc.fds.get(from);
  if (!file) {
    yield* sh.error(`${from}: Bad file descriptor`);
    return false;
  }
  const ok = yield* place(sh, redirect, standard, file, saved);
  if (word.endsWith('-')) {
    save(sh, from, saved);
    sh.proc.close(from);
  }
  return ok;
}

function* descriptorOf(
  sh: Shell,
  redirect: Redirect,
  standard: number,
): Blocking<number | undefined> {
  const { descriptor } = redirect;
  if (descriptor?.type !== 'FileDescriptorVariable') return descriptor?.value ?? standard;
  const text = yield* expandOne(sh, `\${${descriptor.name}}`);
  if (/^\d+$/.test(text)) return Number(text);
  yield* sh.error(`${descriptor.name}: ambiguous redirect`);
  return undefined;
}
