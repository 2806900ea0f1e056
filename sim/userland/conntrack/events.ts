import { ctListen } from '../../linux/netfilter/conntrack/ctnetlink';
import type { CtMessage } from '../../linux/netfilter/conntrack/message';
import { printError } from '../../linux/process-io';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';
import { type Context, VERSION } from './context';
import { passesFilter } from './filter';

/** Messages that the netlink socket holds while nobody reads. */
const MAX_QUEUED = 1000;

const ENOBUFS =
  'WARNING: We have hit ENOBUFS! We are losing events.\nThis message means that the current netlink ' +
  'socket buffer size is too small.\nPlease, check --buffer-size in conntrack(8) manpage.\n';

/** CT_EVENT: prints what ctnetlink tells until a signal ends it. */
export function* events(ctx: Context): Blocking<number> {
  const { cmd, proc } = ctx;
  const queue: CtMessage[] = [];
  const arrived = new WaitQueue();
  let lost = false;
  const stop = ctListen(proc.netns, (message) => {
    if (cmd.options.has('event-mask') && !cmd.events.has(message.type)) return;
    if (queue.length < MAX_QUEUED) queue.push(message);
    else lost = true;
    arrived.wake();
  });
  for (const signal of ['INT', 'TERM'] as const) proc.setDisposition(signal, 'catch');
  try {
    while (!proc.takeSignal()) {
      if (lost) yield* printError(proc, ENOBUFS);
      lost = false;
      for (const message of queue.splice(0)) yield* showEvent(ctx, message);
      yield* ctx.flush();
      if (queue.length === 0 && !lost) yield { kind: 'wait', on: [arrived] };
    }
  } finally {
    stop();
  }
  return yield* closing(ctx, 'flow events');
}

/** event_cb(). */
function* showEvent(ctx: Context, message: CtMessage): Blocking<void> {
  const { cmd } = ctx;
  if (cmd.family !== undefined && cmd.family !== message.family) return;
  if (!passesFilter(cmd, message)) return;
  const clock = cmd.output.has('timestamp') ? ctx.clock(message.atUs) : '';
  const who =
    message.portid === undefined ? '' : ` [USERSPACE] portid=${message.portid} progname=conntrack`;
  ctx.counter++;
  yield* ctx.print(`${clock}${ctx.line(message)}${who}\n`);
}

/** EXP_EVENT: nothing is ever expected here. */
export function* expectEvents(ctx: Context): Blocking<number> {
  const { proc } = ctx;
  for (const signal of ['INT', 'TERM'] as const) proc.setDisposition(signal, 'catch');
  while (!proc.takeSignal()) yield { kind: 'wait', on: [] };
  return yield* closing(ctx, 'expectation events');
}

/** event_sighandler(). */
function* closing(ctx: Context, what: string): Blocking<number> {
  yield* printError(ctx.proc, `${VERSION}: ${ctx.counter} ${what} have been shown.\n`);
  return 0;
}
