import type { Parser } from './parser';

/** D_*, nest/protocol.h. */
export const DEBUG_CLASSES = [
  'states',
  'routes',
  'filters',
  'interfaces',
  'events',
  'packets',
] as const;
export type DebugClass = (typeof DEBUG_CLASSES)[number];

/** debug_mask of nest/config.Y. */
export function parseDebugMask(p: Parser): ReadonlySet<string> {
  if (p.take('ALL')) return new Set(DEBUG_CLASSES);
  if (p.take('OFF')) return new Set();
  if (!p.is("'{'")) p.unexpected("'.'", 'OFF', "'{'", 'ALL');
  p.next();
  const classes = new Set<string>();
  while (!p.failed && !p.is("'}'")) {
    const found = DEBUG_CLASSES.find((name) => p.take(name.toUpperCase()));
    if (found === undefined) p.unexpected();
    else classes.add(found);
    if (!p.is("'}'")) p.expect("','", "'}'");
  }
  p.expect("'}'");
  return classes;
}

/** What nobody writes here: only states are told. */
export const untold = (classes: ReadonlySet<string>): readonly string[] =>
  DEBUG_CLASSES.filter((name) => name !== 'states' && classes.has(name));
