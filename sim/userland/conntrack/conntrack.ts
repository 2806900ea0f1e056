import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking, Process } from '../../linux/wait-queue';
import { notSimulated } from '../args';
import { type CtCommand, type Failure, problem } from './command';
import { create, flush, get, list, remove, statsText, update } from './commands';
import { Context, type Ended, VERSION } from './context';
import { events, expectEvents } from './events';
import { EXIT_MESSAGES } from './options';
import { isFailure, parseCommand } from './parse';
import { usageText } from './usage';

/** conntrack of conntrack-tools 1.4.7: src/conntrack.c. */
export function* conntrack(proc: Proc, argv: readonly string[]): Process {
  const [program = 'conntrack', ...args] = argv;
  if (args[0] === '-R' || args[0] === '--load-file') {
    return yield* notSimulated(proc, 'conntrack', '--load-file');
  }
  const cmd = parseCommand(args);
  if (isFailure(cmd)) return yield* exitError(proc, cmd);
  if (cmd.warnings !== '') yield* printError(proc, cmd.warnings);
  const absent = absentOption(cmd);
  if (absent) return yield* notSimulated(proc, 'conntrack', absent);
  if (cmd.bufferSize !== undefined) yield* printError(proc, bufferNotice(cmd.bufferSize));
  const ctx = new Context(proc, cmd);
  if (cmd.name === 'event') return yield* events(ctx);
  if (cmd.name === 'exp-event') return yield* expectEvents(ctx);
  const failure = yield* run(ctx, program);
  const code = failure ? yield* exitError(proc, failure) : yield* printStats(ctx);
  // exit(): what is still in stdio's buffer comes after what was said on standard error.
  yield* ctx.flush();
  return code;
}

/** What the engine has nothing of. */
function absentOption(cmd: CtCommand): string | undefined {
  if (cmd.absent) return cmd.absent;
  if (cmd.output.has('xml')) return '-o xml';
  if (cmd.output.has('labels')) return '-o labels';
  if (cmd.name && /^exp-(create|delete|get)$/.test(cmd.name)) return 'the table of expectations';
  return undefined;
}

/** SO_RCVBUFFORCE doubles what it is told, as SOCK_MIN_RCVBUF allows. */
const bufferNotice = (size: number): string =>
  `NOTICE: Netlink socket buffer size has been set to ${Math.max(size * 2, 2304)} bytes.\n`;

/** do_command_ct(). */
function* run(ctx: Context, program: string): Blocking<Ended> {
  const { cmd, proc } = ctx;
  switch (cmd.name) {
    case 'list':
      return yield* list(ctx);
    case 'delete':
      return yield* remove(ctx);
    case 'update':
      return yield* update(ctx);
    case 'get':
      return yield* get(ctx);
    case 'create':
    case 'add':
      return create(ctx);
    case 'flush':
      return yield* flush(ctx);
    case 'exp-flush':
      yield* printError(proc, `${VERSION}: expectation table has been emptied.\n`);
      return undefined;
    case 'count':
      yield* ctx.print(`${proc.netns.ct?.count ?? 0}\n`);
      return undefined;
    case 'exp-count':
      yield* ctx.print('0\n');
      return undefined;
    case 'stats':
      yield* ctx.print(statsText(ctx));
      return undefined;
    case 'exp-stats':
      yield* ctx.print('cpu=0   \texpect_new=0 expect_create=0 expect_delete=0 \n');
      return undefined;
    case 'version':
      yield* ctx.print(`${VERSION}\n`);
      return undefined;
    case 'exp-list':
      return undefined;
    default:
      yield* ctx.print(usageText(program));
      if (cmd.name === 'help' && cmd.handler) {
        yield* ctx.print(`Proto \`${cmd.handler.name}' help:\n${cmd.handler.help}`);
      }
      return undefined;
  }
}

/** exit_error(). */
function* exitError(proc: Proc, failure: Failure): Blocking<number> {
  const hint =
    failure.code === problem('').code
      ? "Try `conntrack -h' or 'conntrack --help' for more information.\n"
      : '';
  yield* printError(proc, `${VERSION}: ${failure.text}\n${hint}`);
  return failure.code;
}

/** print_stats(): how many; none is a failure of most commands. */
function* printStats(ctx: Context): Blocking<number> {
  const { name } = ctx.cmd;
  const message = name && EXIT_MESSAGES[name];
  if (!message) return 0;
  yield* printError(ctx.proc, `${VERSION}: ${ctx.counter} ${message}\n`);
  const mayBeNone = name === 'list' || name === 'exp-list' || name === 'add';
  return ctx.counter === 0 && !mayBeNone ? 1 : 0;
}
