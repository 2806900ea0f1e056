import { err, ok, type Result } from '../../base/result';
import { strerror } from '../../linux/errno';
import type { Inode } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { isAbsentOption } from '../absent-options';
import { parseMode, typeLetter } from '../coreutils/mode';
import { idOf } from '../coreutils/user';
import { globMatch } from '../glibc/fnmatch';
import { regcomp } from '../glibc/regex';
import type { Node, Visit } from './expression';

export interface FindPlan {
  readonly expression: Node;
  readonly maxDepth: number;
  readonly minDepth: number;
  readonly depthFirst: boolean;
}

/** build_expression_tree() of find, findutils 4.9. */
export function parseFind(proc: Proc, args: readonly string[]): Result<FindPlan, string> {
  const parser = new Parser(proc, args);
  const expression = parser.parse();
  if (parser.error !== undefined) return err(parser.error);
  return ok({ ...parser.limits, expression });
}

const TRUE: Node = { kind: 'test', test: () => true };
const UNITS: Readonly<Record<string, number>> = {
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
};

class Parser {
  error: string | undefined;
  limits = { maxDepth: Number.POSITIVE_INFINITY, minDepth: 0, depthFirst: false };
  #at = 0;
  #acts = false;

  constructor(
    readonly proc: Proc,
    readonly args: readonly string[],
  ) {}

  parse(): Node {
    const tree = this.args.length === 0 ? TRUE : this.#comma();
    if (this.#at < this.args.length && this.error === undefined) {
      this.error =
        this.args[this.#at] === ')'
          ? "you have too many ')'"
          : `paths must precede expression: \`${this.args[this.#at]}'`;
    }
    if (this.#acts) return tree;
    const print: Node = { kind: 'action', action: { kind: 'print', end: '\n' } };
    return { kind: 'and', left: tree, right: print };
  }

  #peek(): string | undefined {
    return this.error === undefined ? this.args[this.#at] : undefined;
  }

  #comma(): Node {
    let left = this.#or();
    while (this.#peek() === ',') {
      this.#at++;
      left = { kind: 'comma', left, right: this.#or() };
    }
    return left;
  }

  #or(): Node {
    let left = this.#and();
    while (this.#peek() === '-o' || this.#peek() === '-or') {
      this.#at++;
      left = { kind: 'or', left, right: this.#and() };
    }
    return left;
  }

  #and(): Node {
    let left = this.#not();
    for (;;) {
      const next = this.#peek();
      if (next === undefined || next === ')' || next === ',' || next === '-o' || next === '-or')
        return left;
      if (next === '-a' || next === '-and') this.#at++;
      left = { kind: 'and', left, right: this.#not() };
    }
  }

  #not(): Node {
    const word = this.#peek();
    if (word === '!' || word === '-not') {
      this.#at++;
      if (this.#peek() === undefined) this.error ??= `expected an expression after \`${word}'`;
      return { kind: 'not', of: this.#not() };
    }
    if (word === '(') {
      this.#at++;
      const inner = this.#comma();
      if (this.#peek() !== ')')
        this.error ??=
          "invalid expression; I was expecting to find a ')' somewhere but did not see one.";
      this.#at++;
      return inner;
    }
    return this.#primary();
  }

  #value(name: string): string {
    const value = this.args[this.#at++];
    if (value === undefined) this.error ??= `missing argument to \`${name}'`;
    return value ?? '';
  }

  #test(test: (visit: Visit) => boolean): Node {
    return { kind: 'test', test };
  }

  #primary(): Node {
    const name = this.#peek();
    this.#at++;
    if (name === undefined) {
      this.error ??= 'invalid expression';
      return TRUE;
    }
    if (!name.startsWith('-')) {
      this.error ??= `paths must precede expression: \`${name}'`;
      return TRUE;
    }
    return this.#names(name) ?? this.#numbers(name) ?? this.#actions(name) ?? this.#unknown(name);
  }

  #unknown(name: string): Node {
    this.error ??= isAbsentOption('find', name)
      ? `${name} is not simulated`
      : `unknown predicate \`${name}'`;
    return TRUE;
  }

  #names(name: string): Node | undefined {
    switch (name) {
      case '-name':
      case '-iname': {
        const glob = this.#value(name);
        return this.#test((v) => globMatch(glob, v.name, name === '-iname'));
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const glob = this.#value(name);
        return this.#test((v) => globMatch(glob, v.path, name === '-ipath'));
      }
      case '-lname': {
        const glob = this.#value(name);
        return this.#test(
          (v) => v.inode.body.kind === 'symlink' && globMatch(glob, v.inode.body.target),
        );
      }
      case '-regex':
      case '-iregex': {
        const made = regcomp(`^\\(${this.#value(name)}\\)$`, {
          syntax: 'basic',
          ignoreCase: name === '-iregex',
        });
        if (!made.ok) this.error ??= `failed to compile regular expression: ${made.error}`;
        return this.#test((v) => made.ok && made.value.test(v.path));
      }
      case '-type':
      case '-xtype': {
        const letters = this.#value(name).split(',');
        const bad = letters.find((letter) => !/^[fdlpcsb]$/.test(letter));
        if (bad !== undefined && this.error === undefined)
          this.error = `Unknown argument to ${name}: ${bad}`;
        return this.#test((v) => letters.includes(typeLetter(v.inode).replace('-', 'f')));
      }
      case '-user':
      case '-group': {
        const id = idOf(
          this.proc,
          name === '-user' ? '/etc/passwd' : '/etc/group',
          this.#value(name),
        );
        return this.#test((v) => (name === '-user' ? v.inode.uid : v.inode.gid) === id);
      }
      case '-empty':
        return this.#test(({ inode: { body } }) =>
          body.kind === 'file' ? body.size === 0 : body.kind === 'dir' && body.entries.size === 0,
        );
      case '-executable':
        return this.#test((v) => (v.inode.mode & 0o111) !== 0 || isDirectory(v.inode));
      case '-readable':
      case '-writable':
      case '-true':
        return TRUE;
      case '-false':
        return this.#test(() => false);
      case '-newer':
        return this.#newer(name);
      case '-perm':
        return this.#perm(this.#value(name));
      default:
        return undefined;
    }
  }

  #newer(name: string): Node {
    const path = this.#value(name);
    const than = lookupPath(this.proc, path);
    if (typeof than === 'string') {
      this.error ??= `‘${path}’: ${strerror(than)}`;
      return TRUE;
    }
    return this.#test((v) => v.inode.mtimeUs > than.mtimeUs);
  }

  #perm(text: string): Node {
    const how = text[0] === '-' || text[0] === '/' ? text[0] : '';
    const mode = parseMode(text.slice(how.length), 0)?.(0, false);
    if (mode === undefined) {
      this.error ??= `invalid mode \`${text}'`;
      return TRUE;
    }
    if (how === '-') return this.#test((v) => (v.inode.mode & mode) === mode);
    if (how === '/') return this.#test((v) => mode === 0 || (v.inode.mode & mode) !== 0);
    return this.#test((v) => v.inode.mode === mode);
  }

  /** N, +N, -N. */
  #compare(name: string, text: string, measure: (inode: Inode) => number): Node {
    const found = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text);
    if (!found) {
      this.error ??= `invalid argument \`${text}' to \`${name}'`;
      return TRUE;
    }
    const count = Number(found[2]);
    const sign = found[1];
    return this.#test((v) => {
      const value = measure(v.inode);
      return sign === '+' ? value > count : sign === '-' ? value < count : value === count;
    });
  }

  #numbers(name: string): Node | undefined {
    const now = this.proc.host.clockUs;
    switch (name) {
      case '-maxdepth':
      case '-mindepth': {
        const text = this.#value(name);
        if (!/^\d+$/.test(text))
          this.error ??= `Expected a positive decimal integer argument to ${name}, but got ‘${text}’`;
        this.limits[name === '-maxdepth' ? 'maxDepth' : 'minDepth'] = Number(text);
        return TRUE;
      }
      case '-depth':
        this.limits.depthFirst = true;
        return TRUE;
      case '-mount':
      case '-xdev':
      case '-daystart':
      case '-noleaf':
        return TRUE;
      case '-size': {
        const text = this.#value(name);
        const unit = UNITS[text.slice(-1)];
        const digits = unit === undefined ? text : text.slice(0, -1);
        const size = (inode: Inode): number =>
          inode.body.kind === 'file' ? inode.body.size : isDirectory(inode) ? 4096 : 0;
        return this.#compare(name, digits, (inode) => Math.ceil(size(inode) / (unit ?? 512)));
      }
      case '-mtime':
      case '-ctime':
      case '-atime':
        return this.#compare(name, this.#value(name), (inode) =>
          Math.floor((now - inode.mtimeUs) / 86_400e6),
        );
      case '-mmin':
      case '-cmin':
      case '-amin':
        return this.#compare(name, this.#value(name), (inode) =>
          Math.ceil((now - inode.mtimeUs) / 60e6),
        );
      case '-links':
        return this.#compare(name, this.#value(name), (inode) => inode.nlink);
      case '-inum':
        return this.#compare(name, this.#value(name), (inode) => inode.ino);
      default:
        return undefined;
    }
  }

  #actions(name: string): Node | undefined {
    const act = (action: Extract<Node, { kind: 'action' }>['action']): Node => {
      if (action.kind !== 'prune') this.#acts = true;
      return { kind: 'action', action };
    };
    switch (name) {
      case '-print':
        return act({ kind: 'print', end: '\n' });
      case '-print0':
        return act({ kind: 'print', end: '\0' });
      case '-printf':
        return act({ kind: 'printf', format: this.#value(name) });
      case '-ls':
        return act({ kind: 'ls' });
      case '-quit':
        return act({ kind: 'quit' });
      case '-prune':
        return act({ kind: 'prune' });
      case '-delete':
        this.limits.depthFirst = true;
        return act({ kind: 'delete' });
      case '-exec':
      case '-execdir': {
        const argv: string[] = [];
        for (;;) {
          const word = this.args[this.#at++];
          if (word === undefined) {
            this.error ??= `missing argument to \`${name}'`;
            break;
          }
          if (word === ';')
            return act({ kind: 'exec', argv, many: false, inDirectory: name === '-execdir' });
          if (word === '+' && argv.at(-1) === '{}') {
            return act({
              kind: 'exec',
              argv: argv.slice(0, -1),
              many: true,
              inDirectory: name === '-execdir',
            });
          }
          argv.push(word);
        }
        return TRUE;
      }
      default:
        return undefined;
    }
  }
}
