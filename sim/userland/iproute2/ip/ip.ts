import type { Program } from '../../../linux/inode';
import { Args, matches } from '../args';
import { runBatch } from '../batch';
import { wantsColor } from '../color';
import { exit, run, Stdio, type Step } from '../command';
import { defaultOptions, ToolContext, type ToolOptions } from '../context';
import { enterNamedNetns } from '../netns-switch';
import { atoi, parseUnsigned } from '../number';
import { addressCommand } from './address';
import { readFamily } from './family';
import { linkCommand } from './link';
import { maddressCommand } from './maddress';
import { monitorCommand } from './monitor';
import { neighCommand } from './neigh';
import { netnsCommand } from './netns';
import { routeCommand } from './route';
import { ruleCommand } from './rule';
import { tunnelCommand } from './tunnel';
import { tuntapCommand } from './tuntap';
import { USAGE } from './usage';

type Command = (ctx: ToolContext, args: Args, batch: boolean) => Step<number>;

const absent =
  (name: string): Command =>
  (_ctx, args) =>
    args.notSimulated('ip', name);

/** cmds[] of ip/ip.c: the order decides what an abbreviation means. */
const OBJECTS: readonly (readonly [string, Command])[] = [
  ['address', addressCommand],
  ['addrlabel', absent('addrlabel')],
  ['maddress', maddressCommand],
  ['route', routeCommand],
  ['rule', ruleCommand],
  ['neighbor', neighCommand],
  ['neighbour', neighCommand],
  ['ntable', absent('ntable')],
  ['ntbl', absent('ntbl')],
  ['link', linkCommand],
  ['l2tp', absent('l2tp')],
  ['fou', absent('fou')],
  ['ila', absent('ila')],
  ['macsec', absent('macsec')],
  ['tunnel', tunnelCommand],
  ['tunl', tunnelCommand],
  ['tuntap', tuntapCommand],
  ['tap', tuntapCommand],
  ['token', absent('token')],
  ['tcpmetrics', absent('tcpmetrics')],
  ['tcp_metrics', absent('tcp_metrics')],
  ['monitor', monitorCommand],
  ['xfrm', absent('xfrm')],
  ['mroute', absent('mroute')],
  ['mrule', absent('mrule')],
  ['netns', netnsCommand],
  ['netconf', absent('netconf')],
  ['vrf', absent('vrf')],
  ['sr', absent('sr')],
  ['nexthop', absent('nexthop')],
  ['mptcp', absent('mptcp')],
  ['ioam', absent('ioam')],
  ['help', (ctx) => ipUsage(ctx.stdio)],
  ['stats', absent('stats')],
];

/** main() of ip/ip.c, iproute2 6.1.0. */
export const ip: Program = (proc, argv) => {
  const stdio = new Stdio();
  return run(proc, stdio, main(new ToolContextMaker(proc, stdio), argv));
};

/** Options are read before the context that depends on them is made. */
class ToolContextMaker {
  readonly options: ToolOptions = defaultOptions();
  constructor(
    readonly proc: ToolContext['proc'],
    readonly stdio: Stdio,
  ) {}
  make(): ToolContext {
    return new ToolContext(this.proc, this.stdio, this.options);
  }
}

function* main(maker: ToolContextMaker, argv: readonly string[]): Step<number> {
  const args = new Args(argv, maker.stdio, 1);
  const batch = yield* readOptions(maker, args);
  const ctx = maker.make();
  const { family } = ctx.options;
  if (batch !== undefined) {
    return yield* runBatch(ctx, batch, (line) => {
      ctx.options.family = family;
      ctx.doLink = false;
      return dispatch(ctx, new Args(line, maker.stdio), true);
    });
  }
  if (args.left === 0) return yield* ipUsage(maker.stdio);
  return yield* dispatch(ctx, args, false);
}

function* ipUsage(stdio: Stdio): Step<never> {
  stdio.error(USAGE.ip);
  return yield* exit(-1);
}

/** do_cmd(): its result is the negative of the command's. */
function* dispatch(ctx: ToolContext, args: Args, batch: boolean): Step<number> {
  const name = args.take();
  const object = OBJECTS.find(([full]) => matches(name, full));
  if (object) return -(yield* object[1](ctx, args, batch));
  ctx.stdio.error(`Object "${name}" is unknown, try "ip help".\n`);
  return 1;
}

/** The option loop; the batch file, if one was named. */
function* readOptions(maker: ToolContextMaker, args: Args): Step<string | undefined> {
  let batch: string | undefined;
  while (args.left > 0 && args.current.startsWith('-')) {
    const word = args.take();
    if (word === '--') break;
    const option = word.startsWith('--') ? word.slice(1) : word;
    if (matches(option, '-batch')) {
      if (args.left === 0) yield* ipUsage(maker.stdio);
      batch = args.take();
    } else if (!(yield* readOption(maker, args, option))) {
      yield* args.fail(`Option "${option}" is unknown, try "ip -help".\n`);
    }
  }
  return batch;
}

/** Switches without a value; a star marks what may be abbreviated (matches()). */
const SWITCHES: readonly (readonly [string, Partial<ToolOptions>])[] = [
  ['-4', { family: 4 }],
  ['-6', { family: 6 }],
  ['-0', { family: 'link' }],
  ['-M', { family: 'mpls' }],
  ['-B', { family: 'bridge' }],
  ['-human*', { humanReadable: true }],
  ['-human-readable*', { humanReadable: true }],
  ['-iec*', { iec: true }],
  ['-stats*', {}],
  ['-statistics*', {}],
  ['-details*', { details: true }],
  ['-resolve*', { resolve: true }],
  ['-oneline*', { oneline: true }],
  ['-timestamp*', { timestamp: true }],
  ['-tshort*', { timestamp: true, timestampShort: true }],
  ['-force*', { force: true }],
  ['-brief*', { brief: true }],
  ['-json*', { json: true }],
  ['-pretty*', { pretty: true }],
];

/** One option of main(); false when it is none. */
function* readOption(maker: ToolContextMaker, args: Args, option: string): Step<boolean> {
  const { options, stdio } = maker;
  if (matches(option, '-loops')) {
    if (args.left === 0) yield* ipUsage(stdio);
    options.maxFlushLoops = atoi(args.take());
    return true;
  }
  if (matches(option, '-family')) {
    if (args.left === 0 || args.current === 'help') yield* ipUsage(stdio);
    const family = readFamily(args.current);
    if (family === undefined) yield* args.invalid('invalid protocol family', args.current);
    options.family = family ?? 0;
    args.take();
    return true;
  }
  const found = SWITCHES.find(([name]) =>
    name.endsWith('*') ? matches(option, name.slice(0, -1)) : option === name,
  );
  if (matches(option, '-Version') && !found) {
    stdio.out('ip utility, iproute2-6.1.0, libbpf 1.1.2\n');
    return yield* exit(0);
  }
  if (found) {
    Object.assign(options, found[1]);
    if (found[0].startsWith('-stat')) options.stats++;
    return true;
  }
  return yield* readRareOption(maker, args, option);
}

function* readRareOption(maker: ToolContextMaker, args: Args, option: string): Step<boolean> {
  const { options, stdio, proc } = maker;
  if (matches(option, '-rcvbuf')) {
    if (args.left === 0) yield* ipUsage(stdio);
    const size = args.take();
    if (parseUnsigned(size) === undefined) yield* args.fail(`Invalid rcvbuf size '${size}'\n`);
    return true;
  }
  if (/^-c(o(l(or?)?)?)?(=(always|auto|never))?$/.test(option)) {
    options.color = wantsColor(proc, /=(.*)$/.exec(option)?.[1]);
    return true;
  }
  if (matches(option, '-help')) yield* ipUsage(stdio);
  if (matches(option, '-netns')) {
    const name = args.left > 0 ? args.take() : '(null)';
    if (!enterNamedNetns(proc, stdio, name)) yield* exit(-1);
    return true;
  }
  if (matches(option, '-Numeric')) {
    options.numeric = true;
    return true;
  }
  if (matches(option, '-all')) {
    options.all = true;
    return true;
  }
  if (option === '-echo') yield* args.notSimulated('ip', '-echo');
  return false;
}
