import type { Proc } from '../../linux/process';

/**
 * parse_color(), lib/color.c: `-c` alone is always, `auto` asks whether standard output is a
 * terminal.
 */
export function wantsColor(proc: Proc, when: string | undefined): boolean {
  if (when === 'never') return false;
  return when !== 'auto' || proc.fds.get(1)?.ops.kind === 'tty';
}
