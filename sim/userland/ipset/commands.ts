import { ok } from '../../base/result';
import type { IpSet } from '../../linux/netfilter/ipset/ip-set';
import type { IpSetElement, IpSetExtensions } from '../../linux/netfilter/ipset/ip-set-type';
import { type IpSets, ipSets } from '../../linux/netfilter/ipset/ip-sets';
import { type Proc, tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { parseAdtOptions } from './adt-options';
import type { CommandLine } from './command-line';
import { parseCreateOptions, typeNamed } from './create-options';
import { parseElement } from './element-parse';
import { elementText } from './element-text';
import { HELP } from './help-text';
import { setText } from './listing';
import {
  failure,
  kernelProblem,
  NO_SECOND_SET,
  notSimulated,
  type Parsed,
  syntax,
} from './problem';

/** What a command prints, and its exit status. */
export interface Answer {
  readonly out?: string;
  readonly notice?: string;
  readonly code?: number;
}

const DONE: Answer = {};
/** IPSET_MAXNAMELEN. */
const MAX_NAME = 31;

export const VERSION = 'ipset v7.17, protocol version: 7\n';

/** Every command but restore. */
export function* runCommand(proc: Proc, line: CommandLine): Blocking<Parsed<Answer>> {
  const sets = ipSets(proc.netns);
  const [first, second = ''] = line.args;
  switch (line.command) {
    case 'create':
      return yield* create(proc, sets, line);
    case 'add':
    case 'del':
      return yield* addOrDelete(proc, sets, line);
    case 'test':
      return yield* test(proc, sets, line);
    case 'list':
    case 'save':
      return list(proc, sets, line);
    case 'destroy': {
      const done = sets.destroy(first);
      const ignored = !done.ok && done.error === 'ENOENT' && line.options.exist;
      return done.ok || ignored ? ok(DONE) : kernelProblem(done.error);
    }
    case 'flush': {
      const done = sets.flush(first);
      return done.ok ? ok(DONE) : kernelProblem(done.error);
    }
    case 'rename': {
      const done = sets.rename(first ?? '', second);
      return done.ok ? ok(DONE) : kernelProblem(done.error);
    }
    case 'swap': {
      const done = sets.swap(first ?? '', second);
      if (done.ok) return ok(DONE);
      return done.error === 'EXIST_SETNAME2' ? failure(NO_SECOND_SET) : kernelProblem(done.error);
    }
    case 'help':
      return first === undefined ? ok({ out: HELP }) : notSimulated('help TYPENAME');
    default:
      return ok({ out: VERSION });
  }
}

function* create(proc: Proc, sets: IpSets, line: CommandLine): Blocking<Parsed<Answer>> {
  const [name = '', typeWord = ''] = line.args;
  if (name.length > MAX_NAME) {
    return syntax(`setname '${name}' is longer than ${MAX_NAME} characters`);
  }
  const type = typeNamed(typeWord);
  if (!type.ok) return type;
  const options = yield* parseCreateOptions(proc, type.value, line.rest);
  if (!options.ok) return options;
  const made = sets.create(name, type.value, options.value, line.options.exist);
  return made.ok ? ok(DONE) : kernelProblem(made.error);
}

interface Adt {
  readonly set: IpSet;
  readonly first: IpSetElement;
  readonly all: () => Generator<IpSetElement>;
  readonly ext: IpSetExtensions;
}

/** The set, the element and the options of add, del and test, in the order in which they are checked. */
function* parseAdt(
  proc: Proc,
  sets: IpSets,
  { args, command, rest }: CommandLine,
): Blocking<Parsed<Adt>> {
  const [name = '', text = ''] = args;
  const set = sets.get(name);
  if (!set) return kernelProblem('ENOENT');
  const elements = yield* parseElement(proc, set, text);
  if (!elements.ok) return elements;
  const which = command === 'del' || command === 'test' ? command : 'add';
  const ext = parseAdtOptions(set, which, rest);
  return ext.ok ? ok({ set, ...elements.value, ext: ext.value }) : ext;
}

function* addOrDelete(proc: Proc, sets: IpSets, line: CommandLine): Blocking<Parsed<Answer>> {
  const adt = yield* parseAdt(proc, sets, line);
  if (!adt.ok) return adt;
  const { all, ext, set } = adt.value;
  const { exist } = line.options;
  const nowUs = proc.host.kernel.scheduler.nowUs;
  for (const element of all()) {
    if (proc.charge(1)) yield* tick(proc, 0);
    const done =
      line.command === 'add'
        ? sets.add(set, element, ext, { nowUs, exist })
        : sets.del(set, element, nowUs);
    const ignored = !done.ok && done.error === 'NOT_ADDED' && exist;
    if (!done.ok && !ignored) return kernelProblem(done.error);
  }
  return ok(DONE);
}

function* test(proc: Proc, sets: IpSets, line: CommandLine): Blocking<Parsed<Answer>> {
  const adt = yield* parseAdt(proc, sets, line);
  if (!adt.ok) return adt;
  const { ext, first, set } = adt.value;
  if (first.set !== undefined && !sets.get(first.set)) return kernelProblem('NAME');
  const entry = set.find(first, proc.host.kernel.scheduler.nowUs);
  const found = entry !== undefined && entry.nomatch === (ext.nomatch === true);
  const text = elementText(set, first);
  return found
    ? ok({ notice: `Warning: ${text} is in set ${set.name}.\n` })
    : ok({ notice: `${text} is NOT in set ${set.name}.\n`, code: 1 });
}

function list(proc: Proc, sets: IpSets, { args, command, options }: CommandLine): Parsed<Answer> {
  const [name] = args;
  const one = name === undefined ? undefined : sets.get(name);
  if (name !== undefined && !one) return kernelProblem('ENOENT');
  const shown = one ? [one] : sets.all();
  if (options.names) return ok({ out: shown.map((set) => `${set.name}\n`).join('') });
  const mode = options.output ?? (command === 'save' ? 'save' : 'plain');
  const style = { mode, sorted: options.sorted, terse: options.terse };
  const nowUs = proc.host.kernel.scheduler.nowUs;
  const texts = shown.map((set) => setText(set, style, nowUs));
  return ok({ out: texts.join(mode === 'plain' ? '\n' : '') });
}
