import type { Program } from '../../../linux/inode';
import type { Proc } from '../../../linux/process';
import { Args, matches } from '../args';
import { runBatch } from '../batch';
import { wantsColor } from '../color';
import { exit, run, Stdio, type Step } from '../command';
import { defaultOptions, ToolContext, type ToolOptions } from '../context';
import { enterNamedNetns } from '../netns-switch';
import { fdbCommand } from './fdb';
import { bridgeLinkCommand } from './link';
import { mdbCommand } from './mdb';
import { bridgeMonitorCommand } from './monitor';
import { BRIDGE_USAGE } from './usage';
import { vlanCommand } from './vlan';

type Command = (ctx: ToolContext, args: Args) => Step<number>;

/** cmds[] of bridge/bridge.c. */
const OBJECTS: readonly (readonly [string, Command])[] = [
  ['link', bridgeLinkCommand],
  ['fdb', fdbCommand],
  ['mdb', mdbCommand],
  ['vlan', vlanCommand],
  ['vni', (_ctx, args) => args.notSimulated('bridge', 'vni')],
  ['monitor', bridgeMonitorCommand],
  ['help', (ctx) => usage(ctx.stdio)],
];

/** A parser's `return -EINVAL` is exit status 234 here, not 22 as in ip. */
const FAILURE = 234;

/** main() of bridge/bridge.c, iproute2 6.1.0. */
export const bridge: Program = (proc, argv) => {
  const stdio = new Stdio();
  return run(proc, stdio, main(proc, stdio, argv));
};

function* main(proc: Proc, stdio: Stdio, argv: readonly string[]): Step<number> {
  const args = new Args(argv, stdio, 1, FAILURE);
  const options = defaultOptions();
  const batch = yield* readOptions(proc, args, options);
  const ctx = new ToolContext(proc, stdio, options);
  if (batch !== undefined) {
    return yield* runBatch(ctx, batch, (line) => dispatch(ctx, new Args(line, stdio, 0, FAILURE)));
  }
  if (args.left === 0) return yield* usage(stdio);
  return yield* dispatch(ctx, args);
}

function* usage(stdio: Stdio): Step<never> {
  stdio.error(BRIDGE_USAGE.bridge);
  return yield* exit(-1);
}

/** do_cmd(). */
function* dispatch(ctx: ToolContext, args: Args): Step<number> {
  const name = args.take();
  const object = OBJECTS.find(([full]) => matches(name, full));
  if (object) return yield* object[1](ctx, args);
  ctx.stdio.error(`Object "${name}" is unknown, try "bridge help".\n`);
  return -1;
}

const SWITCHES: readonly (readonly [string, Partial<ToolOptions>])[] = [
  ['-stats*', {}],
  ['-statistics*', {}],
  ['-details*', { details: true }],
  ['-oneline*', { oneline: true }],
  ['-timestamp*', { timestamp: true }],
  ['-4', { family: 4 }],
  ['-6', { family: 6 }],
  ['-compressvlans*', { compressVlans: true }],
  ['-force*', { force: true }],
  ['-json*', { json: true }],
  ['-pretty*', { pretty: true }],
];

/** The option loop; the batch file, if one was named. */
function* readOptions(proc: Proc, args: Args, options: ToolOptions): Step<string | undefined> {
  let batch: string | undefined;
  while (args.left > 0 && args.current.startsWith('-')) {
    const word = args.take();
    if (word === '--') break;
    const option = word.startsWith('--') ? word.slice(1) : word;
    const found = SWITCHES.find(([name]) =>
      name.endsWith('*') ? matches(option, name.slice(0, -1)) : option === name,
    );
    if (matches(option, '-help')) yield* usage(args.stdio);
    else if (matches(option, '-Version')) {
      args.stdio.out('bridge utility, 6.1.0\n');
      yield* exit(0);
    } else if (option.startsWith('-f') && matches(option, '-family')) {
      yield* readFamilyOption(args, options);
    } else if (matches(option, '-netns')) {
      const name = yield* args.value();
      if (!enterNamedNetns(proc, args.stdio, name)) yield* exit(-1);
    } else if (
      /^-c(o(l(o(r(=(always|auto|never))?)?)?)?)?$/.test(option) &&
      option !== '-c' &&
      option !== '-co'
    ) {
      options.color = wantsColor(proc, /=(.*)$/.exec(option)?.[1]);
    } else if (found) {
      Object.assign(options, found[1]);
      if (found[0].startsWith('-stat')) options.stats++;
    } else if (matches(option, '-batch')) {
      if (args.left === 0) yield* usage(args.stdio);
      batch = args.take();
    } else yield* args.fail(`Option "${option}" is unknown, try "bridge help".\n`);
  }
  return batch;
}

function* readFamilyOption(args: Args, options: ToolOptions): Step<void> {
  if (args.left === 0 || args.current === 'help') yield* usage(args.stdio);
  const value = args.take();
  if (value !== 'inet' && value !== 'inet6') {
    yield* args.invalid('invalid protocol family', value);
  }
  options.family = value === 'inet6' ? 6 : 4;
}
