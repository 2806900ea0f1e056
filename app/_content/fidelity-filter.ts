/** What became of a documented name; the words of `docs/fidelity.json`. */
export const statusNames = ['simulated', 'says so', 'unknown', 'absent'] as const;
export type StatusName = (typeof statusNames)[number];

/** Coarse kinds to choose from; tools have many finer ones. */
export const categories = [
  'option',
  'command',
  'parameter',
  'filter',
  'extension',
  'type',
  'file',
  'other',
] as const;
export type Category = (typeof categories)[number];

export interface FidelityTool {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Of the command as a whole. */
  readonly status: StatusName;
  readonly kinds: readonly FidelityKind[];
}

export interface FidelityKind {
  readonly kind: string;
  readonly names: Readonly<Partial<Record<StatusName, readonly string[]>>>;
}

export interface FidelityFilter {
  readonly text: string;
  readonly status: StatusName | 'all';
  readonly category: Category | 'all';
}

const CATEGORY_OF_LAST_WORD: Readonly<Record<string, Category>> = {
  option: 'option',
  operand: 'option',
  operator: 'option',
  command: 'command',
  object: 'command',
  builtin: 'command',
  parameter: 'parameter',
  action: 'parameter',
  key: 'parameter',
  filter: 'filter',
  selector: 'filter',
  query: 'filter',
  match: 'extension',
  target: 'extension',
  table: 'extension',
  chain: 'extension',
  kind: 'type',
  type: 'type',
  family: 'type',
  protocol: 'type',
  plugin: 'type',
};

/** `link kind` is a type, `hashlimit option` an option, `net.ipv4.conf.all` a file. */
export function categoryOf(kind: string): Category {
  if (/^\/|^net\./.test(kind)) return 'file';
  return CATEGORY_OF_LAST_WORD[kind.split(' ').at(-1) ?? ''] ?? 'other';
}

/** How many names of a tool have each status. */
export function countsOf(tool: FidelityTool): Readonly<Record<StatusName, number>> {
  const counts = { simulated: 0, 'says so': 0, unknown: 0, absent: 0 };
  for (const { names } of tool.kinds) {
    for (const status of statusNames) counts[status] += names[status]?.length ?? 0;
  }
  return counts;
}

/** The tools that have something to show, each with only that. A tool's own name shows all of it. */
export function filterTools(
  tools: readonly FidelityTool[],
  filter: FidelityFilter,
): readonly FidelityTool[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return tools.flatMap((tool) => {
    const left = words.filter((word) => !tool.name.toLowerCase().includes(word));
    const kinds = tool.kinds.flatMap((kind) => filterKind(kind, filter, left));
    const isBare =
      tool.kinds.length === 0 &&
      left.length === 0 &&
      filter.category === 'all' &&
      (filter.status === 'all' || filter.status === tool.status);
    return kinds.length > 0 || isBare ? [{ ...tool, kinds }] : [];
  });
}

function filterKind(
  one: FidelityKind,
  filter: FidelityFilter,
  words: readonly string[],
): readonly FidelityKind[] {
  if (filter.category !== 'all' && filter.category !== categoryOf(one.kind)) return [];
  const kind = one.kind.toLowerCase();
  const left = words.filter((word) => !kind.includes(word));
  const names: Partial<Record<StatusName, readonly string[]>> = {};
  for (const status of statusNames) {
    if (filter.status !== 'all' && filter.status !== status) continue;
    const found = one.names[status]?.filter((name) =>
      left.every((word) => name.toLowerCase().includes(word)),
    );
    if (found && found.length > 0) names[status] = found;
  }
  return Object.keys(names).length > 0 ? [{ kind: one.kind, names }] : [];
}
