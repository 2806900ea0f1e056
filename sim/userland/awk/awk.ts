import { utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { openOperand, readOperand } from '../stream';
import { type Flow, run, runFunction, runRules } from './execute';
import { unescapeAwk } from './lexer';
import { Machine, type MainInput } from './machine';
import type { Rule } from './node';
import { parseAwk } from './parse';
import { fromBytes, Records } from './stream-table';
import { fromInput, newCell, toNumber } from './value';

interface CommandLine {
  readonly assigns: readonly string[];
  readonly separator: string | undefined;
  readonly files: readonly string[];
  readonly operands: readonly string[];
}

const bytesOf = (text: string): string => fromBytes(utf8Encode(text));

/** awk is mawk 1.3.4-20200120 on Debian 12. */
export const awk: Program = function* (proc, argv) {
  const name = (argv[0] ?? 'awk').replace(/^.*\//, '');
  const line = commandLine(argv);
  if ('error' in line) {
    yield* printError(proc, `${name}: ${line.error}\n`);
    return 2;
  }
  if ('version' in line) {
    yield* print(
      proc,
      'mawk 1.3.4 20200120\nCopyright 2008-2019,2020, Thomas E. Dickey\nCopyright 1991-1996,2014, Michael D. Brennan\n',
    );
    return 0;
  }
  const text = yield* programText(proc, name, line);
  if (typeof text === 'number') return text;
  const program = parseAwk(bytesOf(text.source));
  if (!program.ok) {
    for (const error of program.error) yield* printError(proc, `${name}: ${error}\n`);
    return 2;
  }
  const input = new Operands(proc, text.operands);
  const machine = new Machine(proc, program.value, input, runFunction);
  setUp(machine, [name, ...text.operands], line);
  const code = yield* execute(machine, input);
  yield* machine.streams.closeAll();
  const failed = machine.failed;
  if (failed)
    yield* printError(
      proc,
      `${name}: ${failed.text}${failed.text.startsWith('run time') ? where(machine) : ''}\n`,
    );
  return failed ? 2 : code;
};

const where = (m: Machine): string =>
  `\n\tFILENAME="${m.get('FILENAME')}" FNR=${m.get('FNR')} NR=${m.get('NR')}`;

function commandLine(
  argv: readonly string[],
): CommandLine | { readonly error: string } | { readonly version: true } {
  const assigns: string[] = [];
  const files: string[] = [];
  let separator: string | undefined;
  let at = 1;
  for (; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (arg === '--') {
      at++;
      break;
    }
    if (!arg.startsWith('-') || arg === '-') break;
    const letter = arg[1] ?? '';
    if (arg === '-version' || arg === '--version' || arg === '-Wversion') return { version: true };
    if (!'vFfW'.includes(letter)) return { error: `not an option: ${arg}` };
    const value = arg.length > 2 ? arg.slice(2) : argv[++at];
    if (value === undefined) return { error: `option -${letter} lacks argument` };
    if (letter === 'v') {
      if (!/^[A-Za-z_]\w*=/.test(value)) return { error: `improper assignment: -v ${value}` };
      assigns.push(value);
    } else if (letter === 'F') separator = unescapeAwk(value);
    else if (letter === 'f') files.push(value);
    else if (value === 'version') return { version: true };
  }
  return { assigns, separator, files, operands: argv.slice(at) };
}

const USAGE = 'Usage: mawk [Options] [Program] [file ...]\n';

function* programText(
  proc: Proc,
  name: string,
  line: CommandLine,
): Blocking<{ readonly source: string; readonly operands: readonly string[] } | number> {
  if (line.files.length === 0) {
    const [source, ...operands] = line.operands;
    if (source !== undefined) return { source, operands };
    yield* printError(proc, USAGE);
    return 2;
  }
  let source = '';
  for (const file of line.files) {
    const text = yield* readOperand(proc, file);
    if (typeof text === 'string') {
      yield* printError(proc, `${name}: cannot open ${file} (${strerror(text)})\n`);
      return 2;
    }
    source += `${text.text}\n`;
  }
  return { source, operands: line.operands };
}

function setUp(machine: Machine, argv: readonly string[], line: CommandLine): void {
  const environment = newCell();
  environment.array = new Map();
  for (const [key, value] of machine.proc.env)
    environment.array.set(bytesOf(key), fromInput(bytesOf(value)));
  machine.globals.set('ENVIRON', environment);
  const args = newCell();
  args.array = new Map(argv.map((arg, i) => [String(i), fromInput(bytesOf(arg))]));
  machine.globals.set('ARGV', args);
  machine.globals.set('ARGC', newCell(argv.length));
  if (line.separator !== undefined) machine.set('FS', bytesOf(line.separator));
  for (const text of line.assigns) assign(machine, text);
}

function assign(machine: Machine, text: string): void {
  const at = text.indexOf('=');
  machine.set(text.slice(0, at), fromInput(unescapeAwk(bytesOf(text.slice(at + 1)))));
}

function* execute(machine: Machine, input: Operands): Blocking<number> {
  const { program } = machine;
  let code = 0;
  let exited = false;
  const ends = (flow: Flow): boolean => {
    if (typeof flow !== 'object' || !('exit' in flow)) return false;
    code = (flow.exit ?? code) & 255;
    return true;
  };
  for (const body of program.begin) {
    exited = ends(yield* run(machine, body));
    if (exited) break;
  }
  if (!exited && (program.rules.length > 0 || program.end.length > 0)) {
    const ranges = new Set<Rule>();
    for (;;) {
      const record = yield* input.next(machine);
      if (record === undefined || machine.failed) break;
      machine.record.set(fromInput(record));
      machine.bump('NR');
      machine.bump('FNR');
      const flow = yield* runRules(machine, ranges);
      if (flow === 'nextfile') input.skipFile();
      exited = ends(flow);
      if (exited) break;
    }
  }
  if (machine.failed) return 2;
  for (const body of program.end) if (ends(yield* run(machine, body))) break;
  return input.missing ? 2 : code;
}

/** The files named by ARGV, with assignments between them. */
class Operands implements MainInput {
  missing = false;
  #at = 1;
  #records: Records | undefined;
  #any = false;
  #done = false;

  constructor(
    readonly proc: Proc,
    readonly operands: readonly string[],
  ) {}

  skipFile(): void {
    this.#records = undefined;
  }

  *next(machine: Machine): Blocking<string | undefined> {
    while (!this.#done) {
      if (!this.#records) this.#open(machine);
      if (!this.#records) continue;
      const text = yield* machine.readRecord(this.#records);
      if (text !== undefined) return text;
      this.#records.file.put();
      this.#records = undefined;
    }
    return undefined;
  }

  #open(machine: Machine): void {
    const count = toNumber(machine.globals.get('ARGC')?.value);
    const argv = machine.globals.get('ARGV')?.array;
    let name: string | undefined;
    while (this.#at < count && name === undefined) {
      const arg = machine.text(argv?.get(String(this.#at++)));
      if (/^[A-Za-z_]\w*=/.test(arg)) assign(machine, arg);
      else if (arg !== '') name = arg;
    }
    if (name === undefined && this.#any) {
      this.#done = true;
      return;
    }
    this.#any = true;
    const file = openOperand(this.proc, name === undefined || name === '/dev/stdin' ? '-' : name);
    if (typeof file === 'string') {
      machine.fail(`cannot open ${name} (${strerror(file)})`);
      this.#done = true;
      return;
    }
    machine.set('FILENAME', name ?? '');
    machine.set('FNR', 0);
    this.#records = new Records(this.proc, file);
  }
}
