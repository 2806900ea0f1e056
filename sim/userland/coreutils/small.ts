import { utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { execvp } from '../../linux/exec';
import { readTextAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { lookupPath } from '../../linux/path';
import { tick } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { failWith, parseArgs, quote, quoteName, usageError } from '../args';
import { Out } from '../stream';
import { groupName, userName } from './user';

/** true and false of coreutils 9.1. */
export const truth = (code: number): Program =>
  function* (proc) {
    yield* tick(proc);
    return code;
  };

/** yes: writes until nobody reads. */
export const yes: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: '+' });
  if (typeof args === 'number') return args;
  const line = `${args.operands.length === 0 ? 'y' : args.operands.join(' ')}\n`;
  const out = new Out(proc);
  const many = utf8Encode(line.repeat(Math.max(1, Math.floor(4096 / line.length))));
  while (!out.error) yield* out.bytes(many);
  return yield* failWith(proc, args.program, `standard output: ${strerror(out.error)}`);
};

const stripSlashes = (path: string): string => path.replace(/(.)\/+$/, '$1');
const lastPart = (path: string): string => stripSlashes(path).replace(/^.*\/(?=.)/s, '');

/** basename, src/basename.c. */
export const basename: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '+as:z',
    long: ['multiple:a', 'suffix=:s', 'zero:z'],
  });
  if (typeof args === 'number') return args;
  const { operands } = args;
  if (operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  const many = args.has('a', 's');
  if (!many && operands.length > 2) {
    return yield* usageError(proc, args.program, `extra operand ${quote(operands[2] ?? '')}`);
  }
  const suffix = args.value('s') ?? (many ? '' : (operands[1] ?? ''));
  for (const name of many ? operands : operands.slice(0, 1)) {
    const base = lastPart(name);
    const cut = suffix !== '' && base !== suffix && base.endsWith(suffix);
    yield* print(
      proc,
      (cut ? base.slice(0, -suffix.length) : base) + (args.has('z') ? '\0' : '\n'),
    );
  }
  return 0;
};

/** dirname, src/dirname.c. */
export const dirname: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'z', long: ['zero:z'] });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  for (const name of args.operands) {
    const path = stripSlashes(name);
    const at = path.lastIndexOf('/');
    const dir = at < 0 ? '.' : stripSlashes(path.slice(0, at + 1)).replace(/(.)\/+$/, '$1');
    yield* print(proc, dir + (args.has('z') ? '\0' : '\n'));
  }
  return 0;
};

/** env, src/env.c. */
export const env: Program = function* (proc, argv) {
  let given = argv;
  const split = /^-(?:v?S|-split-string=?)(.*)$/.exec(argv[1] ?? '');
  if (split) {
    const inline = split[1] ?? '';
    const words = (inline === '' ? (argv[2] ?? '') : inline).trim().split(/\s+/);
    given = [argv[0] ?? '', ...words, ...argv.slice(inline === '' ? 3 : 2)];
  }
  const args = yield* parseArgs(proc, given, {
    short: '+iu:C:0v',
    long: ['ignore-environment:i', 'null:0', 'unset=:u', 'chdir=:C', 'debug:v'],
    status: 125,
  });
  if (typeof args === 'number') return args;
  const operands = args.operands[0] === '-' ? args.operands.slice(1) : args.operands;
  const clean = args.has('i') || args.operands[0] === '-';
  const vars = new Map(clean ? [] : proc.env);
  for (const name of args.values('u')) vars.delete(name);
  let at = 0;
  for (; (operands[at] ?? '').indexOf('=') > 0; at++) {
    const text = operands[at] ?? '';
    const eq = text.indexOf('=');
    vars.set(text.slice(0, eq), text.slice(eq + 1));
  }
  const dir = args.value('C');
  if (dir !== undefined) {
    const found = lookupPath(proc, dir);
    if (typeof found === 'string') {
      return yield* failWith(
        proc,
        args.program,
        `cannot change directory to ${quote(dir)}: ${strerror(found)}`,
        125,
      );
    }
    proc.cwd = dir.startsWith('/') ? dir : `${proc.cwd}/${dir}`;
  }
  const command = operands.slice(at);
  const [name] = command;
  if (name === undefined) {
    const end = args.has('0') ? '\0' : '\n';
    yield* print(proc, [...vars].map(([key, value]) => `${key}=${value}${end}`).join(''));
    return 0;
  }
  proc.env = vars;
  return yield* execvp(proc, command, (errno) => ({
    text: `${args.program}: ${quote(name)}: ${strerror(errno)}\n`,
    code: errno === 'ENOENT' ? 127 : 126,
  }));
};

/** printenv, src/printenv.c. */
export const printenv: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: '+0', long: ['null:0'], status: 2 });
  if (typeof args === 'number') return args;
  const end = args.has('0') ? '\0' : '\n';
  if (args.operands.length === 0) {
    yield* print(proc, [...proc.env].map(([key, value]) => `${key}=${value}${end}`).join(''));
    return 0;
  }
  let code = 0;
  for (const name of args.operands) {
    const value = proc.env.get(name);
    if (value === undefined) code = 1;
    else yield* print(proc, value + end);
  }
  return code;
};

/** pwd, src/pwd.c: -P unless POSIXLY_CORRECT. */
export const pwd: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'LP', long: ['logical:L', 'physical:P'] });
  if (typeof args === 'number') return args;
  const logical = proc.env.get('PWD');
  const same = logical !== undefined && lookupPath(proc, logical) === lookupPath(proc, proc.cwd);
  yield* print(proc, `${args.has('L') && same ? logical : proc.cwd}\n`);
  return 0;
};

/** whoami, src/whoami.c. */
export const whoami: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: '' });
  if (typeof args === 'number') return args;
  const [extra] = args.operands;
  if (extra !== undefined) {
    return yield* usageError(proc, args.program, `extra operand ${quote(extra)}`);
  }
  yield* print(proc, `${userName(proc, proc.uid)}\n`);
  return 0;
};

/** id, src/id.c. */
export const id: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'agGnruzZ',
    long: ['group:g', 'groups:G', 'name:n', 'real:r', 'user:u', 'zero:z'],
  });
  if (typeof args === 'number') return args;
  const [who] = args.operands;
  const uid =
    who === undefined
      ? proc.uid
      : who === 'root' || who === '0'
        ? 0
        : who === 'nobody'
          ? 65_534
          : -1;
  if (uid < 0) return yield* failWith(proc, args.program, `${quote(who ?? '')}: no such user`);
  const user = userName(proc, uid);
  const group = groupName(proc, uid);
  const named = args.has('n');
  if (args.has('u')) yield* print(proc, `${named ? user : uid}\n`);
  else if (args.has('g', 'G')) yield* print(proc, `${named ? group : uid}\n`);
  else yield* print(proc, `uid=${uid}(${user}) gid=${uid}(${group}) groups=${uid}(${group})\n`);
  return 0;
};

/** uname, src/uname.c: the kernel that the engine imitates. */
export const uname: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'asnrvmpio',
    long: [
      'all:a',
      'kernel-name:s',
      'nodename:n',
      'kernel-release:r',
      'kernel-version:v',
      'machine:m',
      'processor:p',
      'hardware-platform:i',
      'operating-system:o',
    ],
  });
  if (typeof args === 'number') return args;
  const release = readTextAt(proc, '/proc/sys/kernel/osrelease');
  const kernel = typeof release === 'string' ? '6.1.0-40-amd64' : release.text.trim();
  const fields = [
    ['s', 'Linux'],
    ['n', proc.uts.hostname],
    ['r', kernel],
    ['v', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.153-1 (2025-09-20)'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ] as const;
  const asked = fields.filter(([letter]) => args.has('a', letter)).map(([, text]) => text);
  if (args.has('p', 'i') && !args.has('a')) asked.push('unknown');
  yield* print(proc, `${asked.length === 0 ? 'Linux' : asked.join(' ')}\n`);
  return 0;
};

/** arch and nproc. */
export const arch: Program = function* (proc) {
  yield* print(proc, 'x86_64\n');
  return 0;
};

export const nproc: Program = function* (proc) {
  yield* print(proc, '2\n');
  return 0;
};

/** tty, src/tty.c. */
export const tty: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 's',
    long: ['silent:s', 'quiet:s'],
    status: 2,
  });
  if (typeof args === 'number') return args;
  const stdin = proc.fds.get(0);
  const isTty = stdin?.ops.kind === 'tty';
  if (!args.has('s')) yield* print(proc, `${isTty ? stdin.path : 'not a tty'}\n`);
  return isTty ? 0 : 1;
};

/** nohup, src/nohup.c. */
export const nohup: Program = function* (proc, argv) {
  const [program = '', ...rest] = argv;
  const command = rest[0] === '--' ? rest.slice(1) : rest;
  const [name] = command;
  if (name === undefined) return yield* usageError(proc, program, 'missing operand', 125);
  if (proc.fds.get(1)?.ops.kind === 'tty') {
    yield* printError(proc, `${program}: ignoring input\n`);
  }
  proc.setDisposition('HUP', 'ignore');
  return yield* execvp(proc, command, (errno) => ({
    text: `${program}: failed to run command ${quote(name)}: ${strerror(errno)}\n`,
    code: errno === 'ENOENT' ? 127 : 126,
  }));
};

/** hostname(1) of Debian's hostname package: shows; a name given sets the host's. */
export const hostname: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'fsdiIAab',
    long: ['fqdn:f', 'long:f', 'short:s', 'domain:d', 'all-ip-addresses:I', 'ip-address:i'],
    hint: 'Usage: hostname [-b] {hostname|-F file}         set host name (from file)\n',
  });
  if (typeof args === 'number') return args;
  const [name] = args.operands;
  if (name !== undefined) {
    proc.uts.hostname = name;
    return 0;
  }
  if (args.has('I', 'i', 'A')) {
    yield* printError(proc, `hopwise: hostname: ${quoteName('-I')} is not simulated\n`);
    return 2;
  }
  const full = proc.uts.hostname;
  const dot = full.indexOf('.');
  if (args.has('d')) yield* print(proc, dot < 0 ? '\n' : `${full.slice(dot + 1)}\n`);
  else yield* print(proc, `${args.has('s') && dot > 0 ? full.slice(0, dot) : full}\n`);
  return 0;
};
