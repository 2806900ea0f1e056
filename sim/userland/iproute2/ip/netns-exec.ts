import { strerror } from '../../../linux/errno';
import { execvp } from '../../../linux/exec';
import { exitCode, type Proc } from '../../../linux/process';
import { printError, waitChild } from '../../../linux/process-io';
import type { Process } from '../../../linux/wait-queue';
import type { Args } from '../args';
import { exit, flush, Stdio, type Step } from '../command';
import type { ToolContext } from '../context';
import { netnsNames } from '../netns-name';
import { switchNetns } from '../netns-switch';

/** netns_exec(), ip/ipnetns.c. */
export function* netnsExec(ctx: ToolContext, args: Args, batch: boolean): Step<number> {
  const { all } = ctx.options;
  if (args.left < 1 && !all) return complain(ctx, 'No netns name specified\n');
  if (args.left < (all ? 1 : 2)) return complain(ctx, 'No command specified\n');
  if (all) {
    for (const name of netnsNames(ctx.proc) ?? []) {
      ctx.stdio.out(`\nnetns: ${name}\n`);
      yield* flush(ctx.proc, ctx.stdio);
      yield* forkExec(ctx, name, args.rest());
    }
    return 0;
  }
  const name = args.take();
  yield* flush(ctx.proc, ctx.stdio);
  if (batch) return -(yield* forkExec(ctx, name, args.rest()));
  return yield* exit(yield* switchAndExec(ctx.proc, name, args.rest()));
}

function complain(ctx: ToolContext, text: string): number {
  ctx.stdio.error(text);
  return -1;
}

/** cmd_exec() in this process, lib/exec.c: a failed switch is its -1, a failed exec 1. */
function* switchAndExec(proc: Proc, name: string, argv: readonly string[]): Process {
  const stdio = new Stdio();
  const switched = switchNetns(proc, stdio, name);
  yield* flush(proc, stdio);
  if (!switched) return 255;
  return yield* execvp(proc, argv, (errno) => ({
    text: `exec of "${argv[0] ?? ''}" failed: ${strerror(errno)}\n`,
    code: 1,
  }));
}

/** cmd_exec() with do_fork: the child's status, 1 when a signal ended it. */
function* forkExec(ctx: ToolContext, name: string, argv: readonly string[]): Step<number> {
  const { proc } = ctx;
  const child = proc.host.spawn(proc, {
    main: (own) => switchAndExec(own, name, argv),
    argv: proc.argv,
  });
  if (child === 'EAGAIN') {
    yield* printError(proc, `fork: ${strerror('EAGAIN')}\n`);
    return yield* exit(1);
  }
  for (;;) {
    const change = yield* waitChild(proc, child.pid);
    if (typeof change === 'string' || typeof change.status === 'string') continue;
    if (change.status.kind === 'exited') return exitCode(change.status);
    return yield* exit(1);
  }
}
