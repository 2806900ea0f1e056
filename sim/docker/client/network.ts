import { utf8Decode } from '../../base/bytes';
import { readFile } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Engine } from '../daemon/engine';
import { shortId } from '../daemon/identifier';
import { connectContainer, disconnectContainer } from '../daemon/network-attach';
import { goTime } from '../daemon/time';
import { removeNetwork } from '../libnetwork/create';
import { isPredefined, type Network } from '../libnetwork/network';
import { removeSwarmNetwork } from '../swarm/networks';
import { type Client, daemonError, objectError } from './client';
import { atLeast, type Command, exactly, NO_ARGS } from './command';
import { parseFilters } from './filter';
import { bool, type Flags, list, text } from './flags';
import { networkInspectCommand } from './inspect';
import { networkCreateCommand } from './network-create';
import { labelMatches } from './ps';
import { type Column, formatTable } from './table';

interface Row {
  readonly network: Network;
  readonly trunc: boolean;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'CreatedAt', header: 'CREATED AT', cell: ({ network }) => goTime(network.createdUs) },
  { name: 'Driver', header: 'DRIVER', cell: ({ network }) => network.driver },
  {
    name: 'ID',
    header: 'NETWORK ID',
    cell: ({ network, trunc }) => (trunc ? shortId(network.id) : network.id),
  },
  { name: 'IPv6', header: 'IPV6', cell: ({ network }) => String(network.ipv6) },
  { name: 'Internal', header: 'INTERNAL', cell: ({ network }) => String(network.internal) },
  {
    name: 'Labels',
    header: 'LABELS',
    cell: ({ network }) =>
      [...network.labels]
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(','),
  },
  { name: 'Name', header: 'NAME', cell: ({ network }) => network.name },
  { name: 'Scope', header: 'SCOPE', cell: ({ network }) => network.scope },
  {
    name: 'Label',
    header: 'LABEL',
    cell: ({ network }, key = '') => network.labels.get(key) ?? '',
    withArgument: true,
  },
];

const FORMAT = 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}';
const FILTERS = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

function included(network: Network, filters: ReadonlyMap<string, readonly string[]>): boolean {
  const any = (name: string, fits: (value: string) => boolean): boolean => {
    const values = filters.get(name);
    return values === undefined || values.some(fits);
  };
  const builtin = isPredefined(network.name);
  return (
    any('driver', (value) => network.driver === value) &&
    any('id', (value) => network.id.includes(value)) &&
    any('name', (value) => network.name.includes(value.replace(/^\^/, '').replace(/\$$/, ''))) &&
    any('scope', (value) => network.scope === value) &&
    any('type', (value) => (value === 'builtin') === builtin) &&
    any(
      'dangling',
      (value) => (network.endpoints.size === 0 && !builtin) === ['true', '1'].includes(value),
    ) &&
    (filters.get('label') ?? []).every((value) => labelMatches(network.labels, value))
  );
}

/** sortorder.NaturalLess(): numbers inside names compare as numbers. */
function naturalOrder(a: string, b: string): number {
  const split = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    if (x === y) continue;
    const numbers = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : 0;
    return numbers !== 0 ? numbers : x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function* runList(client: Client, flags: Flags): Blocking<number> {
  const filters = parseFilters(flags.list('filter'), FILTERS);
  if (!filters.ok) {
    yield* client.error(`${filters.error}\n`);
    return 1;
  }
  const found = yield* client.ask((engine) => [...engine.networks.values()]);
  if (!found) return 1;
  const rows = found
    .filter((one) => included(one, filters.value))
    .sort((a, b) => naturalOrder(a.name, b.name))
    .map((network) => ({ network, trunc: !flags.on('no-trunc') }));
  const given = flags.value('format');
  const format =
    flags.on('quiet') && given === ''
      ? '{{.ID}}'
      : given === '' || given === 'table'
        ? FORMAT
        : given;
  const table = formatTable({ columns: COLUMNS, rows, format, type: '*network.networkContext' });
  yield* table.ok ? client.out(table.value) : client.error(`${table.error}\n`);
  return table.ok ? 0 : 1;
}

const lsCommand: Command = {
  usage: 'network ls [OPTIONS]',
  short: 'List networks',
  args: NO_ARGS,
  flags: [list('filter', 'f'), text('format'), bool('no-trunc'), bool('quiet', 'q')],
  run: runList,
};

const rmCommand: Command = {
  usage: 'network rm NETWORK [NETWORK...]',
  short: 'Remove one or more networks',
  args: atLeast(1),
  flags: [],
  *run(client, flags) {
    let code = 0;
    for (const name of flags.args) {
      const done = yield* client.call(function* (engine) {
        const found = engine.network(name);
        if (!found.ok) return found;
        if (found.value.scope === 'swarm') return yield* removeSwarmNetwork(engine, found.value);
        return yield* removeNetwork(engine, found.value);
      });
      if (!done) return 1;
      if (done.ok) yield* client.out(`${name}\n`);
      else {
        yield* client.error(`${objectError(done.error, 'network', name)}\n`);
        code = 1;
      }
    }
    return code;
  },
};

const connectCommand: Command = {
  usage: 'network connect [OPTIONS] NETWORK CONTAINER',
  short: 'Connect a container to a network',
  args: exactly(2),
  flags: [
    list('alias'),
    list('driver-opt'),
    text('ip'),
    text('ip6'),
    list('link'),
    list('link-local-ip'),
  ],
  *run(client, flags) {
    if (flags.has('link')) {
      yield* client.error('hopwise: docker: network connect --link is not simulated\n');
      return 2;
    }
    const [network = '', container = ''] = flags.args;
    const done = yield* client.call((engine) =>
      connectContainer(engine, network, container, {
        ipv4: flags.value('ip'),
        ipv6: flags.value('ip6'),
        linkLocal: flags.list('link-local-ip'),
        aliases: flags.list('alias'),
      }),
    );
    if (done?.ok) return 0;
    if (done) yield* client.error(`${daemonError(done.error)}\n`);
    return 1;
  },
};

const disconnectCommand: Command = {
  usage: 'network disconnect [OPTIONS] NETWORK CONTAINER',
  short: 'Disconnect a container from a network',
  args: exactly(2),
  flags: [bool('force', 'f')],
  *run(client, flags) {
    const [network = '', container = ''] = flags.args;
    const done = yield* client.call((engine) => disconnectContainer(engine, network, container));
    if (done?.ok) return 0;
    if (done) yield* client.error(`${daemonError(done.error)}\n`);
    return 1;
  },
};

/** The question of a prune command, answered on standard input. */
export function* confirmed(client: Client, warning: string): Blocking<boolean> {
  yield* client.out(`${warning}\nAre you sure you want to continue? [y/N] `);
  const input = client.proc.fds.get(0);
  const got = input ? yield* readFile(client.proc, input, 256) : 'EBADF';
  return typeof got !== 'string' && /^y(es)?\s*$/i.test(utf8Decode(got).split('\n')[0] ?? '');
}

/** NetworksPrune(): networks of people that no container is on. */
function* prune(engine: Engine, labels: readonly string[]): Blocking<readonly string[]> {
  const names: string[] = [];
  for (const network of engine.customNetworks) {
    const used = network.endpoints.size > 0 || network.scope === 'swarm';
    if (used || network.name === 'docker_gwbridge') continue;
    if (!labels.every((one) => labelMatches(network.labels, one))) continue;
    const done = yield* removeNetwork(engine, network);
    if (done.ok) names.push(network.name);
  }
  return names;
}

const pruneCommand: Command = {
  usage: 'network prune [OPTIONS]',
  short: 'Remove all unused networks',
  args: NO_ARGS,
  flags: [list('filter'), bool('force', 'f')],
  *run(client, flags) {
    const filters = parseFilters(flags.list('filter'), ['label', 'label!', 'until']);
    if (!filters.ok) {
      yield* client.error(`${filters.error}\n`);
      return 1;
    }
    const warning =
      'WARNING! This will remove all custom networks not used by at least one container.';
    if (!flags.on('force') && !(yield* confirmed(client, warning))) return 0;
    const names = yield* client.call((engine) => prune(engine, filters.value.get('label') ?? []));
    if (!names) return 1;
    if (names.length > 0) yield* client.out(`Deleted Networks:\n${names.join('\n')}\n\n`);
    return 0;
  },
};

export const networkCommands: ReadonlyMap<string, Command> = new Map([
  ['connect', connectCommand],
  ['create', networkCreateCommand],
  ['disconnect', disconnectCommand],
  ['inspect', networkInspectCommand],
  ['list', lsCommand],
  ['ls', lsCommand],
  ['prune', pruneCommand],
  ['rm', rmCommand],
]);
