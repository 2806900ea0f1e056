import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { USAGE } from './usage';

/** usage() of ip/ipaddress.c: `ip link show help` ends here too. */
export function* addressUsage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(ctx.doLink ? USAGE.link : USAGE.address);
  return yield* exit(-1);
}
