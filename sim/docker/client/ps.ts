import type { Blocking } from '../../linux/wait-queue';
import type { Container } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import { shortId } from '../daemon/identifier';
import { goTime, humanDuration } from '../daemon/time';
import type { Client } from './client';
import { type Command, NO_ARGS } from './command';
import { parseFilters } from './filter';
import { bool, type Flags, int, list, text } from './flags';
import { displayablePorts } from './ports';
import { type Column, formatTable } from './table';

const DEFAULT_FORMAT =
  'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

interface Row {
  readonly container: Container;
  readonly nowUs: number;
  readonly trunc: boolean;
}

/** Ellipsis() of the client. */
const ellipsis = (value: string, max: number): string => {
  const chars = [...value];
  return chars.length <= max ? value : `${chars.slice(0, max - 1).join('')}…`;
};

function commandText({ container, trunc }: Row): string {
  const [path = '', ...args] = container.command;
  const words = args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg));
  const whole = [path, ...words].join(' ');
  return JSON.stringify(trunc ? ellipsis(whole, 20) : whole);
}

/** State.String(), container/state.go. */
export function statusText(container: Container, nowUs: number): string {
  const { state } = container;
  const since = (us: number | undefined): string => humanDuration(nowUs - (us ?? nowUs));
  switch (state.status) {
    case 'running':
      return `Up ${since(state.startedUs)}`;
    case 'paused':
      return `Up ${since(state.startedUs)} (Paused)`;
    case 'restarting':
      return `Restarting (${state.exitCode}) ${since(state.finishedUs)} ago`;
    case 'created':
      return 'Created';
    case 'exited':
      return `Exited (${state.exitCode}) ${since(state.finishedUs)} ago`;
  }
}

const labelsText = (labels: ReadonlyMap<string, string>): string =>
  [...labels]
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');

const COLUMNS: readonly Column<Row>[] = [
  { name: 'Command', header: 'COMMAND', cell: commandText },
  { name: 'CreatedAt', header: 'CREATED AT', cell: (row) => goTime(row.container.createdUs) },
  {
    name: 'ID',
    header: 'CONTAINER ID',
    cell: ({ container, trunc }) => (trunc ? shortId(container.id) : container.id),
  },
  { name: 'Image', header: 'IMAGE', cell: ({ container }) => container.config.image },
  {
    name: 'Labels',
    header: 'LABELS',
    cell: ({ container }) => labelsText(container.config.labels),
  },
  { name: 'LocalVolumes', header: 'LOCAL VOLUMES', cell: () => '0' },
  { name: 'Mounts', header: 'MOUNTS', cell: () => '' },
  { name: 'Names', header: 'NAMES', cell: ({ container }) => container.name },
  {
    name: 'Networks',
    header: 'NETWORKS',
    cell: ({ container }) => [...container.networks.keys()].sort().join(','),
  },
  { name: 'Ports', header: 'PORTS', cell: ({ container }) => displayablePorts(container) },
  {
    name: 'RunningFor',
    header: 'CREATED',
    cell: ({ container, nowUs }) => `${humanDuration(nowUs - container.createdUs)} ago`,
  },
  { name: 'Size', header: 'SIZE', cell: () => '0B (virtual 107MB)' },
  { name: 'State', header: 'STATE', cell: ({ container }) => container.state.status },
  {
    name: 'Status',
    header: 'STATUS',
    cell: ({ container, nowUs }) => statusText(container, nowUs),
  },
  {
    name: 'Label',
    header: 'LABEL',
    cell: ({ container }, key = '') => container.config.labels.get(key) ?? '',
    withArgument: true,
  },
];

const FILTERS = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'id',
  'is-task',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];

type Filters = ReadonlyMap<string, readonly string[]>;

/** includeContainerInList(), daemon/list.go. */
function included(engine: Engine, container: Container, filters: Filters): boolean {
  const any = (name: string, fits: (value: string) => boolean): boolean => {
    const values = filters.get(name);
    return values === undefined || values.some(fits);
  };
  const { labels } = container.config;
  return (
    any('id', (value) => container.id.includes(value)) &&
    any('name', (value) =>
      container.name.includes(value.replace(/^[/^]*/, '').replace(/\$$/, '')),
    ) &&
    any('status', (value) => container.state.status === value) &&
    any(
      'exited',
      (value) => container.state.status === 'exited' && container.state.exitCode === Number(value),
    ) &&
    any('ancestor', (value) => engine.image(value) === container.image) &&
    any('network', (value) => isOn(engine, container, value)) &&
    any('publish', (value) =>
      portMatches(
        [...container.ports].flatMap(([, list]) => list?.map((one) => one.hostPort) ?? []),
        value,
      ),
    ) &&
    any('expose', (value) =>
      portMatches(
        [...container.ports.keys()].map((one) => one.split('/')[0] ?? ''),
        value,
      ),
    ) &&
    (filters.get('label') ?? []).every((value) => labelMatches(labels, value))
  );
}

const portMatches = (ports: readonly string[], value: string): boolean =>
  ports.includes(value.split('/')[0] ?? '');

export function labelMatches(labels: ReadonlyMap<string, string>, wanted: string): boolean {
  const [key = '', value] = wanted.split(/=(.*)/s);
  const own = labels.get(key);
  return own !== undefined && (value === undefined || own === value);
}

function isOn(engine: Engine, container: Container, ref: string): boolean {
  const network = engine.network(ref);
  if (!network.ok) return container.networks.has(ref);
  return [...container.networks].some(
    ([name, one]) => name === network.value.name || one.networkId === network.value.id,
  );
}

function selected(engine: Engine, flags: Flags, filters: Filters): readonly Container[] {
  const newest = [...engine.containers.values()].sort((a, b) => b.serial - a.serial);
  const last = flags.number('last', -1);
  const everything =
    flags.on('all') ||
    filters.has('status') ||
    filters.has('exited') ||
    flags.on('latest') ||
    last > 0;
  const found = newest.filter(
    (one) =>
      (everything || one.running || one.state.status === 'restarting') &&
      included(engine, one, filters),
  );
  const limit = flags.on('latest') ? 1 : last > 0 ? last : found.length;
  return found.slice(0, limit);
}

function* runPs(client: Client, flags: Flags): Blocking<number> {
  const filters = parseFilters(flags.list('filter'), FILTERS);
  if (!filters.ok) {
    yield* client.error(`${filters.error}\n`);
    return 1;
  }
  const found = yield* client.ask((engine) => ({
    nowUs: engine.nowUs,
    containers: selected(engine, flags, filters.value),
  }));
  if (!found) return 1;
  const trunc = !flags.on('no-trunc');
  const given = flags.value('format');
  const quiet = flags.on('quiet') && (given === '' || given === 'table');
  const rows = found.containers.map((container) => ({ container, nowUs: found.nowUs, trunc }));
  const format = quiet
    ? '{{.ID}}'
    : given === '' || given === 'table'
      ? defaultFormat(flags)
      : given;
  const table = formatTable({
    columns: COLUMNS,
    rows,
    format,
    type: '*formatter.ContainerContext',
  });
  yield* table.ok
    ? client.out(table.value)
    : client.error(`${table.error.trimEnd().replace(/^template parsing error/, PREPROCESS)}\n`);
  return table.ok ? 0 : 1;
}

/** buildContainerListOptions() has run the template once before. */
const PREPROCESS = 'failed to execute template';

const defaultFormat = (flags: Flags): string =>
  flags.on('size') ? `${DEFAULT_FORMAT}\t{{.Size}}` : DEFAULT_FORMAT;

export const psCommand: Command = {
  usage: 'ps [OPTIONS]',
  short: 'List containers',
  args: NO_ARGS,
  flags: [
    bool('all', 'a'),
    list('filter', 'f'),
    text('format'),
    int('last', 'n'),
    bool('latest', 'l'),
    bool('no-trunc'),
    bool('quiet', 'q'),
    bool('size', 's'),
  ],
  run: runPs,
};
