import type { Shell } from './shell';

/** After a round of a loop: true when the loop ends. */
export function loopEnds(sh: Shell): boolean {
  const { unwind } = sh;
  if (!unwind) return false;
  if (unwind.kind !== 'break' && unwind.kind !== 'continue') return true;
  if (unwind.levels > 1) {
    sh.unwind = { kind: unwind.kind, levels: unwind.levels - 1 };
    return true;
  }
  sh.unwind = undefined;
  return unwind.kind === 'break';
}
