import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';

/** errx(3) with status 1. */
export function* errx(proc: Proc, text: string): Blocking<number> {
  yield* printError(proc, `nc: ${text}\n`);
  return 1;
}
