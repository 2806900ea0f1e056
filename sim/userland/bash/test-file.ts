import type { Inode } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Blocking } from '../../linux/wait-queue';
import { arrayIndex, parseTarget } from './assign';
import { expandSubscript } from './expand';
import { setOption } from './option';
import type { Shell } from './shell';
import { scalar } from './variables';

/** Operators of test(1) with one operand. */
export const UNARY: ReadonlySet<string> = new Set([
  '-a', '-b', '-c', '-d', '-e', '-f', '-g', '-h', '-k', '-n', '-o', '-p', '-r', '-s', '-t', '-u', '-v', '-w', '-x',
  '-z', '-G', '-L', '-N', '-O', '-R', '-S',
]); // biome-ignore format: a table

const statOf = (sh: Shell, path: string, follow = true): Inode | undefined => {
  if (path === '') return undefined;
  const inode = lookupPath(sh.proc, path, follow);
  return typeof inode === 'string' ? undefined : inode;
};

/** unary_test(), without -v. */
export function testUnary(sh: Shell, operator: string, operand: string): boolean | undefined {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-o': {
      const option = setOption(operand);
      return option !== undefined && sh.has(option);
    }
    case '-t':
      return sh.proc.fds.get(Number(operand))?.ops.kind === 'tty';
    case '-R':
      return sh.vars.find(operand)?.nameref ?? false;
    case '-h':
    case '-L': {
      const kind = statOf(sh, operand, false)?.body.kind;
      return kind === 'symlink' || kind === 'handler-link';
    }
    default: {
      const inode = statOf(sh, operand);
      return inode !== undefined && testInode(operator, inode);
    }
  }
}

function testInode(operator: string, inode: Inode): boolean {
  const { body } = inode;
  switch (operator) {
    case '-d':
      return isDirectory(inode);
    case '-f':
      return body.kind === 'file' || body.kind === 'handler' || body.kind === 'ns';
    case '-s':
      return isDirectory(inode) || (body.kind === 'file' && body.size > 0);
    case '-p':
      return body.kind === 'fifo';
    case '-S':
      return body.kind === 'socket';
    case '-c':
      return body.kind === 'char';
    case '-b':
    case '-N':
      return false;
    case '-x':
      return isDirectory(inode) || (inode.mode & 0o111) !== 0;
    case '-u':
      return (inode.mode & 0o4000) !== 0;
    case '-g':
      return (inode.mode & 0o2000) !== 0;
    case '-k':
      return (inode.mode & 0o1000) !== 0;
    case '-O':
      return inode.uid === 0;
    case '-G':
      return inode.gid === 0;
    default:
      return true;
  }
}

/** `-nt`, `-ot`, `-ef`. */
export function compareFiles(
  sh: Shell,
  operator: string,
  left: string,
  right: string,
): boolean | undefined {
  if (operator !== '-nt' && operator !== '-ot' && operator !== '-ef') return undefined;
  const a = statOf(sh, left);
  const b = statOf(sh, right);
  if (operator === '-ef') return a !== undefined && a === b;
  const newer = (one: Inode | undefined, other: Inode | undefined): boolean =>
    one !== undefined && (other === undefined || one.mtimeUs > other.mtimeUs);
  return operator === '-nt' ? newer(a, b) : newer(b, a);
}

/** `-v name`, `-v a[1]`. */
export function* isVariableSet(sh: Shell, text: string): Blocking<boolean> {
  if (/^\d+$/.test(text)) return Number(text) <= sh.positional.length;
  const target = parseTarget(text);
  if (!target) return false;
  if (target.subscript === undefined) return sh.get(target.name) !== undefined;
  const variable = sh.vars.lookup(target.name);
  if (!variable) return false;
  const { subscript } = target;
  const all = subscript === '@' || subscript === '*';
  if (variable.assoc) {
    if (all) return variable.assoc.size > 0;
    return variable.assoc.has(yield* expandSubscript(sh, subscript, 'assoc'));
  }
  if (all) return (variable.array?.size ?? 0) > 0;
  if (!variable.array) return subscript === '0' && scalar(variable) !== undefined;
  const index = yield* arrayIndex(sh, target.name, subscript, variable.array);
  return index !== undefined && variable.array.has(index);
}
