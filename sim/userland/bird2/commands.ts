/** CF_CLI of bird's grammars, what birdc knows to expand. A data table. */
const COMMANDS: readonly string[] = [
  'configure',
  'configure check',
  'configure confirm',
  'configure soft',
  'configure status',
  'configure timeout',
  'configure undo',
  'debug',
  'disable',
  'down',
  'dump',
  'echo',
  'enable',
  'eval',
  'exit',
  'graceful restart',
  'help',
  'mrtdump',
  'quit',
  'reload',
  'reload in',
  'reload out',
  'restart',
  'restrict',
  'show bfd sessions',
  'show interfaces',
  'show interfaces summary',
  'show memory',
  'show ospf',
  'show protocols',
  'show protocols all',
  'show rip',
  'show route',
  'show static',
  'show status',
  'show symbols',
];

const WORDS: readonly (readonly string[])[] = COMMANDS.map((command) => command.split(' '));

/**
 * cmd_expand(), client/commands.c: abbreviated words in full, or what birdc says instead. Words after a complete
 * command are its arguments and stay.
 */
export function expandCommand(
  line: string,
): { readonly line: string } | { readonly error: string } {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const full: string[] = [];
  let rest = words;
  for (;;) {
    const [word] = rest;
    if (word === undefined) break;
    const next = new Set(
      WORDS.filter((known) => full.every((w, i) => known[i] === w))
        .map((known) => known[full.length] ?? '')
        .filter((known) => known.startsWith(word)),
    );
    const exact = next.has(word) ? word : undefined;
    if (!exact && next.size > 1 && !isComplete(full)) {
      return { error: 'Ambiguous command, possible expansions are:' };
    }
    const only = exact ?? (next.size === 1 ? [...next][0] : undefined);
    if (only === undefined) break;
    full.push(only);
    rest = rest.slice(1);
  }
  if (!isComplete(full)) return { error: "No such command. Press `?' for help." };
  const tail = words.length === rest.length ? line : remainder(line, full.length);
  return { line: `${full.join(' ')}${tail === '' ? '' : ` ${tail}`}` };
}

const isComplete = (full: readonly string[]): boolean => COMMANDS.includes(full.join(' '));

/** What follows the first `count` words, spaces kept. */
function remainder(line: string, count: number): string {
  let rest = line.trimStart();
  for (let i = 0; i < count; i++) rest = rest.replace(/^\S+\s*/, '');
  return rest.trimEnd();
}
