/** A recorded script's file format: header lines, then commands (truth/linux/README.md, "Scenario format"). */
export interface Scenario {
  readonly meta: Readonly<Record<MetaKey, string>>;
  readonly commands: readonly string[];
}

const META_DEFAULTS = {
  title: '',
  area: '',
  ipv6: 'on',
  counters: 'zero',
  settle: '0.15',
  note: '',
  needs: '',
};
type MetaKey = keyof typeof META_DEFAULTS;

const CLOSERS: Readonly<Record<string, string>> = {
  for: 'done',
  while: 'done',
  until: 'done',
  if: 'fi',
  case: 'esac',
  '{': '}',
  '(': ')',
};

/** Does this line start a block that runs to the next blank line? */
function opensBlock(line: string): boolean {
  const text = line.trim();
  if (text.endsWith('\\') || text.includes('<<') || text.endsWith('{')) return true;
  const [first = '', ...rest] = text.replace(/[;&]/g, ' ').split(/\s+/);
  const closer = Object.hasOwn(CLOSERS, first) ? CLOSERS[first] : undefined;
  return closer !== undefined && !rest.includes(closer);
}

const isMetaKey = (key: string): key is MetaKey => Object.hasOwn(META_DEFAULTS, key);

/** Splits a script into its header and its commands. */
export function parseScenario(text: string): Scenario {
  const meta = { ...META_DEFAULTS };
  const commands: string[] = [];
  let block: string[] = [];
  let header = true;
  for (const line of text.split('\n')) {
    if (header && line.startsWith('#')) {
      const [, key = '', value = ''] = /^#\s*([a-z0-9]+):\s*(.*)$/.exec(line) ?? [];
      if (isMetaKey(key)) meta[key] = value.trim();
      continue;
    }
    header = false;
    const blank = line.trim() === '';
    if (block.length > 0) {
      if (!blank) {
        block.push(line);
        continue;
      }
      commands.push(block.join('\n'));
      block = [];
    } else if (!blank && !line.trimStart().startsWith('#')) {
      if (opensBlock(line)) block = [line];
      else commands.push(line.trimEnd());
    }
  }
  if (block.length > 0) commands.push(block.join('\n'));
  return { meta, commands };
}
