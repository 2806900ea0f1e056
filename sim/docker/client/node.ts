import type { Blocking } from '../../linux/wait-queue';
import type { Engine } from '../daemon/engine';
import { type ClusterNode, isDown } from '../swarm/cluster';
import { nodeValue } from '../swarm/info';
import { Template } from '../template/execute';
import { toIndentedJson } from '../template/print';
import { toRaw } from '../template/value';
import { type Client, daemonError } from './client';
import { atLeast, type Command, NO_ARGS } from './command';
import { bool, type Flags, list, text } from './flags';
import { managedCluster } from './swarm';
import { DOCKER_VERSION } from './system';
import { type Column, formatTable } from './table';

interface Row {
  readonly node: ClusterNode;
  readonly self: boolean;
}

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const columns = (marked: boolean): readonly Column<Row>[] => [
  {
    name: 'Availability',
    header: 'AVAILABILITY',
    cell: ({ node }) => title(node.availability),
  },
  { name: 'EngineVersion', header: 'ENGINE VERSION', cell: () => DOCKER_VERSION },
  { name: 'Hostname', header: 'HOSTNAME', cell: ({ node }) => node.hostname },
  {
    name: 'ID',
    header: 'ID',
    cell: ({ node, self }) => (marked && self ? `${node.id} *` : node.id),
  },
  {
    name: 'ManagerStatus',
    header: 'MANAGER STATUS',
    cell: ({ node }) => (node.role === 'manager' ? 'Leader' : ''),
  },
  { name: 'Self', header: 'SELF', cell: ({ self }) => String(self) },
  { name: 'Status', header: 'STATUS', cell: ({ node }) => (isDown(node) ? 'Down' : 'Ready') },
  { name: 'TLSStatus', header: 'TLS STATUS', cell: () => 'Ready' },
];

const FORMAT =
  'table {{.ID}}\t{{.Hostname}}\t{{.Status}}\t{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}';

/** Work on the nodes of a swarm by its manager; what refuses is said. */
function* withNodes<T>(
  client: Client,
  work: (nodes: ClusterNode[], engine: Engine) => T,
): Blocking<T | undefined> {
  const found = yield* client.ask((engine) => {
    const cluster = managedCluster(engine);
    return cluster.ok ? { ok: true as const, value: work(cluster.value.nodes, engine) } : cluster;
  });
  if (!found) return undefined;
  if (found.ok) return found.value;
  yield* client.error(`${daemonError(found.error)}\n`);
  return undefined;
}

const lsCommand: Command = {
  usage: 'node ls [OPTIONS]',
  short: 'List nodes in the swarm',
  args: NO_ARGS,
  flags: [list('filter', 'f'), text('format'), bool('quiet', 'q')],
  *run(client, flags) {
    if (flags.has('filter')) {
      yield* client.error('hopwise: docker: node ls --filter is not simulated\n');
      return 2;
    }
    const rows = yield* withNodes(client, (nodes, engine) =>
      [...nodes]
        .sort((a, b) => (a.hostname < b.hostname ? -1 : 1))
        .map((node) => ({ node, self: node.engine === engine && node.leftUs === undefined })),
    );
    if (!rows) return 1;
    const given = flags.value('format');
    const isDefault = given === '' || given === 'table';
    const format = flags.on('quiet') ? '{{.ID}}' : isDefault ? FORMAT : given;
    const marked = format.startsWith('table');
    const table = formatTable({
      columns: columns(marked),
      rows,
      format,
      type: '*node.nodeContext',
    });
    yield* table.ok ? client.out(table.value) : client.error(`${table.error}\n`);
    return table.ok ? 0 : 1;
  },
};

const findNode = (
  nodes: readonly ClusterNode[],
  engine: Engine,
  ref: string,
): ClusterNode | undefined =>
  nodes.find((one) =>
    ref === 'self' ? one.engine === engine : one.id === ref || one.hostname === ref,
  );

const inspectCommand: Command = {
  usage: 'node inspect [OPTIONS] self|NODE [NODE...]',
  short: 'Display detailed information on one or more nodes',
  args: atLeast(1),
  flags: [text('format', 'f'), bool('pretty')],
  *run(client, flags) {
    const found = yield* withNodes(client, (nodes, engine) =>
      flags.args.map((ref) => ({ ref, node: findNode(nodes, engine, ref) })),
    );
    if (!found) return 1;
    const values = found.flatMap(({ node }) => (node ? [nodeValue(node)] : []));
    const template = flags.has('format') ? Template.parse(flags.value('format')) : undefined;
    if (template && !template.ok) {
      yield* client.error(`template parsing error: ${template.error}\n`);
      return 64;
    }
    for (const value of template ? values : []) {
      const done = template?.value.execute(value);
      const shown =
        done?.error === undefined
          ? done
          : template?.value.execute(toRaw(value), { missingKeyIsError: true });
      yield* client.out(`${shown?.text ?? ''}\n`);
    }
    if (!template) yield* client.out(`${toIndentedJson(values)}\n`);
    const missing = found.filter(({ node }) => !node);
    yield* client.error(missing.map(({ ref }) => `Error: No such node: ${ref}\n`).join(''));
    return missing.length > 0 ? 1 : 0;
  },
};

function* runRm(client: Client, flags: Flags): Blocking<number> {
  let code = 0;
  for (const ref of flags.args) {
    const said = yield* withNodes(client, (nodes, engine) => {
      const node = findNode(nodes, engine, ref);
      if (!node) return `Error: No such node: ${ref}`;
      if (!isDown(node) && !flags.on('force')) {
        const text = `rpc error: code = FailedPrecondition desc = node ${node.id} is not down and can't be removed`;
        return daemonError({ status: 500, message: text });
      }
      nodes.splice(nodes.indexOf(node), 1);
      return '';
    });
    if (said === undefined) return 1;
    if (said === '') yield* client.out(`${ref}\n`);
    else {
      yield* client.error(`${said}\n`);
      code = 1;
    }
  }
  return code;
}

const rmCommand: Command = {
  usage: 'node rm [OPTIONS] NODE [NODE...]',
  short: 'Remove one or more nodes from the swarm',
  args: atLeast(1),
  flags: [bool('force', 'f')],
  run: runRm,
};

const isAvailability = (text: string): text is ClusterNode['availability'] =>
  text === 'active' || text === 'pause' || text === 'drain';

const updateCommand: Command = {
  usage: 'node update [OPTIONS] NODE',
  short: 'Update a node',
  args: atLeast(1),
  flags: [text('availability')],
  *run(client, flags) {
    const [ref = ''] = flags.args;
    const wanted = flags.value('availability');
    const found = yield* withNodes(client, (nodes, engine) => ({
      node: findNode(nodes, engine, ref),
    }));
    if (!found) return 1;
    if (!found.node) {
      yield* client.error(`Error: No such node: ${ref}\n`);
      return 1;
    }
    if (isAvailability(wanted)) found.node.availability = wanted;
    yield* client.out(`${ref}\n`);
    return 0;
  },
};

export const nodeCommands: ReadonlyMap<string, Command> = new Map([
  ['inspect', inspectCommand],
  ['ls', lsCommand],
  ['rm', rmCommand],
  ['update', updateCommand],
]);
