import { matches } from '../../args';
import { exit, type Step } from '../../command';
import type { ToolContext } from '../../context';
import { KIND_USAGE } from '../kind-usage';

/** `help`, or an option that the kind does not know: its usage, exit 1. */
export function* unknownOption(
  ctx: ToolContext,
  word: string,
  kind: keyof typeof KIND_USAGE,
  complaint: string,
): Step<void> {
  if (!matches(word, 'help')) ctx.stdio.error(`${kind}: ${complaint} "${word}"?\n`);
  yield* kindUsage(ctx, kind);
}

/** Usage on stderr and the parser's -1. */
function* kindUsage(ctx: ToolContext, kind: keyof typeof KIND_USAGE): Step<never> {
  ctx.stdio.error(KIND_USAGE[kind]);
  return yield* exit(1);
}
