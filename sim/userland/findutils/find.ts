import { strerror } from '../../linux/errno';
import { readdir, rmdir, unlink } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import { type Proc, tick } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { expandEscapes } from '../coreutils/escape';
import { inodeSize, linkTarget } from '../coreutils/ls-format';
import { modeString, typeLetter } from '../coreutils/mode';
import { groupName, userName } from '../coreutils/user';
import { strftime } from '../glibc/strftime';
import { Out } from '../stream';
import type { Action, Node, Visit } from './expression';
import { type FindPlan, parseFind } from './find-parse';
import { runCommand } from './run-command';

interface Run {
  readonly proc: Proc;
  readonly plan: FindPlan;
  readonly follow: boolean;
  readonly out: Out;
  readonly batches: Map<Action, string[]>;
  code: number;
  pruned: boolean;
  quit: boolean;
}

/** What one `-exec … {} +` is given at most. */
const BATCH = 1000;
const MAX_DEPTH = 256;

/** find of findutils 4.9. */
export const find: Program = function* (proc, argv) {
  let at = 1;
  let follow = false;
  for (; /^-[HLP]$/.test(argv[at] ?? ''); at++) follow = argv[at] === '-L';
  const start = at;
  while (at < argv.length && !/^(?:-.|[(!,])/.test(argv[at] ?? '')) at++;
  const roots = at === start ? ['.'] : argv.slice(start, at);
  const plan = parseFind(proc, argv.slice(at));
  if (!plan.ok) {
    const isAbsent = plan.error.endsWith(' is not simulated');
    yield* printError(proc, `${isAbsent ? 'hopwise: ' : ''}find: ${plan.error}\n`);
    return isAbsent ? 2 : 1;
  }
  const run: Run = {
    proc,
    plan: plan.value,
    follow,
    out: new Out(proc),
    batches: new Map(),
    code: 0,
    pruned: false,
    quit: false,
  };
  for (const root of roots) {
    yield* visit(run, {
      path: root,
      name: root.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, ''),
      root,
      depth: 0,
    });
    if (run.quit) break;
  }
  for (const action of run.batches.keys()) yield* flushBatch(run, action);
  return yield* run.out.close('find', run.code);
};

function* visit(run: Run, at: Omit<Visit, 'inode'>): Blocking<void> {
  const { proc, plan } = run;
  yield* tick(proc, 2);
  let inode = lookupPath(proc, at.path, run.follow);
  if (typeof inode === 'string' && run.follow) inode = lookupPath(proc, at.path, false);
  if (typeof inode === 'string') {
    yield* complain(run, `‘${at.path}’: ${strerror(inode)}`);
    return;
  }
  const here: Visit = { ...at, inode };
  run.pruned = false;
  const counted = at.depth >= plan.minDepth;
  if (!plan.depthFirst && counted) yield* evaluate(run, plan.expression, here);
  const descend = isDirectory(inode) && at.depth < plan.maxDepth && at.depth < MAX_DEPTH;
  if (descend && !run.pruned && !run.quit) {
    const names = readdir(proc, at.path);
    if (typeof names === 'string') yield* complain(run, `‘${at.path}’: ${strerror(names)}`);
    else {
      for (const name of [...names]) {
        const path = at.path.endsWith('/') ? at.path + name : `${at.path}/${name}`;
        yield* visit(run, { path, name, root: at.root, depth: at.depth + 1 });
        if (run.quit) return;
      }
    }
  }
  if (plan.depthFirst && counted) yield* evaluate(run, plan.expression, here);
}

function* complain(run: Run, text: string): Blocking<void> {
  run.code = 1;
  yield* run.out.flush();
  yield* printError(run.proc, `find: ${text}\n`);
}

function* evaluate(run: Run, node: Node, visit: Visit): Blocking<boolean> {
  switch (node.kind) {
    case 'test':
      return node.test(visit);
    case 'not':
      return !(yield* evaluate(run, node.of, visit));
    case 'and':
      return (yield* evaluate(run, node.left, visit)) && (yield* evaluate(run, node.right, visit));
    case 'or':
      return (yield* evaluate(run, node.left, visit)) || (yield* evaluate(run, node.right, visit));
    case 'comma':
      yield* evaluate(run, node.left, visit);
      return yield* evaluate(run, node.right, visit);
    case 'action':
      return yield* act(run, node.action, visit);
  }
}

function* act(run: Run, action: Action, visit: Visit): Blocking<boolean> {
  const { proc, out } = run;
  switch (action.kind) {
    case 'print':
      yield* out.text(visit.path + action.end);
      return true;
    case 'printf':
      yield* out.text(printf(proc, action.format, visit));
      return true;
    case 'ls':
      yield* out.text(longLine(proc, visit));
      return true;
    case 'prune':
      run.pruned = true;
      return true;
    case 'quit':
      run.quit = true;
      return true;
    case 'delete': {
      if (visit.path === '.') return true;
      const failed = isDirectory(visit.inode) ? rmdir(proc, visit.path) : unlink(proc, visit.path);
      if (failed) yield* complain(run, `cannot delete ‘${visit.path}’: ${strerror(failed)}`);
      return failed === undefined;
    }
    case 'exec': {
      if (action.many) {
        const batch = run.batches.get(action) ?? [];
        run.batches.set(action, batch);
        batch.push(visit.path);
        if (batch.length >= BATCH) yield* flushBatch(run, action);
        return true;
      }
      yield* out.flush();
      const path = action.inDirectory ? `./${visit.name}` : visit.path;
      const cwd = action.inDirectory ? visit.path.replace(/[^/]*$/, '') || '.' : undefined;
      const argv = action.argv.map((word) => word.replaceAll('{}', path));
      const code = yield* runCommand(proc, argv, { cwd });
      if (typeof code === 'number') return code === 0;
      yield* complain(run, `‘${argv[0]}’: ${strerror(code)}`);
      run.code = 0;
      return false;
    }
  }
}

function* flushBatch(run: Run, action: Action): Blocking<void> {
  const batch = run.batches.get(action) ?? [];
  run.batches.set(action, []);
  if (action.kind !== 'exec' || batch.length === 0) return;
  yield* run.out.flush();
  const code = yield* runCommand(run.proc, [...action.argv, ...batch], {});
  if (typeof code === 'string') yield* complain(run, `‘${action.argv[0]}’: ${strerror(code)}`);
  else if (code !== 0) run.code = 1;
}

const clock = (us: number): string =>
  strftime('%a %b %e %H:%M:%S.%N0 %Y', Math.floor(us / 1e6), (us % 1e6) * 1000);

function field(proc: Proc, letters: string, visit: Visit): string | undefined {
  const { inode, path, name, root } = visit;
  const dir = path.includes('/') ? path.replace(/\/[^/]*$/, '') || '/' : '.';
  if (letters.length === 2) {
    const us = inode.mtimeUs;
    const kind = letters[1] ?? '';
    if (kind === '@') return `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}0000`;
    return strftime(`%${kind}`, Math.floor(us / 1e6), (us % 1e6) * 1000);
  }
  const fields: Readonly<Record<string, string>> = {
    p: path,
    f: name,
    h: dir,
    P: path === root ? '' : path.slice(root.length).replace(/^\//, ''),
    H: root,
    s: String(inodeSize(proc, inode)),
    m: inode.mode.toString(8),
    M: modeString(inode),
    y: typeLetter(inode).replace('-', 'f'),
    Y: typeLetter(inode).replace('-', 'f'),
    d: String(visit.depth),
    i: String(inode.ino),
    n: String(inode.nlink),
    l: linkTarget(proc, inode) ?? '',
    u: userName(proc, inode.uid),
    U: String(inode.uid),
    g: groupName(proc, inode.gid),
    G: String(inode.gid),
    t: clock(inode.mtimeUs),
    c: clock(inode.ctimeUs),
    a: clock(inode.atimeUs),
    k: String(Math.ceil(inodeSize(proc, inode) / 1024)),
    b: String(Math.ceil(inodeSize(proc, inode) / 4096) * 8),
    '%': '%',
  };
  return fields[letters];
}

function printf(proc: Proc, format: string, visit: Visit): string {
  const parts = format.split(/(%[-0+ #]*\d*(?:\.\d+)?(?:[TAC].|.))/s);
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return expandEscapes(part, 'format').text;
      const [, flags = '', width = '', letters = ''] =
        /^%([-0+ #]*)(\d*)(?:\.\d+)?(.+)$/s.exec(part) ?? [];
      const text = field(proc, letters, visit) ?? part;
      return flags.includes('-') ? text.padEnd(Number(width)) : text.padStart(Number(width));
    })
    .join('');
}

function longLine(proc: Proc, visit: Visit): string {
  const { inode } = visit;
  const size = inodeSize(proc, inode);
  const blocks = Math.ceil(size / 4096) * 4;
  const target = linkTarget(proc, inode);
  const time = strftime('%b %e %H:%M', Math.floor(inode.mtimeUs / 1e6));
  const owner = `${userName(proc, inode.uid).padEnd(8)} ${groupName(proc, inode.gid).padEnd(8)}`;
  const head = `${String(inode.ino).padStart(9)} ${String(blocks).padStart(6)} ${modeString(inode)} ${String(inode.nlink).padStart(3)}`;
  return `${head} ${owner} ${String(size).padStart(8)} ${time} ${visit.path}${target === undefined ? '' : ` -> ${target}`}\n`;
}
