import { sprint } from './print';
import type { GoValue } from './value';

const VERB = /%([-+# 0]*)(\d{1,4})?(?:\.(\d{1,4}))?([a-zA-Z%])/g;

/** fmt.Sprintf, the verbs that people use in templates. */
export function formatVerbs(format: string, args: readonly GoValue[]): string {
  let next = 0;
  const out = format.replace(VERB, (_all, flags: string, width, precision, verb: string) => {
    if (verb === '%') return '%';
    const arg = args[next++];
    if (arg === undefined) return `%!${verb}(MISSING)`;
    let text = formatOne(verb, arg);
    if (precision !== undefined && verb === 's') text = text.slice(0, Number(precision));
    if (precision !== undefined && verb === 'f' && typeof arg === 'number') {
      text = arg.toFixed(Math.min(Number(precision), 100));
    }
    const size = Number(width ?? 0);
    if (flags.includes('-')) return text.padEnd(size);
    return text.padStart(size, flags.includes('0') && verb !== 's' ? '0' : ' ');
  });
  if (next >= args.length) return out;
  const extra = args.slice(next).map((arg) => `${goType(arg)}=${sprint(arg, true)}`);
  return `${out}%!(EXTRA ${extra.join(', ')})`;
}

const goType = (value: GoValue): string => {
  if (typeof value === 'number') return 'int';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : '<nil>';
};

function formatOne(verb: string, arg: GoValue): string {
  switch (verb) {
    case 'v':
      return sprint(arg, true);
    case 's':
      return typeof arg === 'number' || typeof arg === 'boolean'
        ? wrong(verb, arg)
        : sprint(arg, true);
    case 'q':
      return typeof arg === 'string' ? JSON.stringify(arg) : wrong(verb, arg);
    case 't':
      return typeof arg === 'boolean' ? String(arg) : wrong(verb, arg);
    case 'T':
      return goType(arg);
    case 'd':
      return typeof arg === 'number' ? String(arg) : wrong(verb, arg);
    case 'x':
      return typeof arg === 'number' ? arg.toString(16) : wrong(verb, arg);
    case 'f':
      return typeof arg === 'number' ? arg.toFixed(6) : wrong(verb, arg);
    default:
      return wrong(verb, arg);
  }
}

const wrong = (verb: string, arg: GoValue): string =>
  `%!${verb}(${goType(arg)}=${sprint(arg, true)})`;
