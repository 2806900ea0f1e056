import { strerror } from '../../../linux/errno';
import { mkdir, open, unlink } from '../../../linux/files';
import { Inode } from '../../../linux/inode';
import type { Netns } from '../../../linux/netns';
import { realpath } from '../../../linux/path';
import { newNsid } from '../../../linux/rtnetlink/nsid';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { NETNS_RUN_DIR, netnsAt, netnsByName, netnsNames } from '../netns-name';
import { parseInteger } from '../number';
import { netnsExec } from './netns-exec';
import { USAGE } from './usage';

const NAME_MAX = 255;

/** do_netns(), ip/ipnetns.c. */
export function* netnsCommand(ctx: ToolContext, args: Args, batch = false): Step<number> {
  if (args.left < 1) return listNetns(ctx);
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (!ctx.options.all && args.left > 0 && invalidName(args.current)) {
    yield* args.fail(`Invalid netns name "${args.current}"\n`);
  }
  if (is('list') || is('show') || is('lst')) return listNetns(ctx);
  if (is('list-id')) return yield* listIds(ctx, args);
  if (is('help')) {
    ctx.stdio.error(USAGE.netns);
    return yield* exit(-1);
  }
  if (is('add')) return addNetns(ctx, args);
  if (is('set')) return yield* setNsid(ctx, args);
  if (is('delete')) return deleteNetns(ctx, args);
  if (is('identify')) return identify(ctx, args);
  if (is('pids')) return pids(ctx, args);
  if (is('exec')) return yield* netnsExec(ctx, args, batch);
  if (is('monitor')) return yield* args.notSimulated('ip netns', 'monitor');
  if (is('attach')) return attachNetns(ctx, args);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip netns help".\n`);
}

const invalidName = (name: string): boolean =>
  name === '' || name.length > NAME_MAX || name.includes('/') || name === '.' || name === '..';

function complain(ctx: ToolContext, text: string): number {
  ctx.stdio.error(text);
  return -1;
}

/** netns_list(). */
function listNetns(ctx: ToolContext): number {
  const names = netnsNames(ctx.proc);
  if (!names) return 0;
  const p = ctx.print;
  p.newJson();
  for (const name of names) {
    p.openObject();
    p.any('name', '%s', name);
    const net = netnsByName(ctx.proc, name);
    const id = net && ctx.net.nsidOf(net);
    if (id !== undefined) p.any('id', ' (id: %d)', id);
    p.fp('\n');
    p.closeObject();
  }
  p.deleteJson();
  return 0;
}

/** netns_list_id(). */
function* listIds(ctx: ToolContext, args: Args): Step<number> {
  let wanted: number | undefined;
  while (args.left > 0) {
    const word = args.take();
    if (word === 'target-nsid') yield* args.notSimulated('ip netns list-id', word);
    if (word !== 'nsid') {
      ctx.stdio.error(USAGE.netns);
      return yield* exit(-1);
    }
    const value = yield* args.value();
    wanted = parseInteger(value);
    if (wanted === undefined) yield* args.invalid('"nsid" value is invalid', value);
  }
  const p = ctx.print;
  p.newJson();
  const ids = [...ctx.net.nsids().values()].sort((a, b) => a - b);
  for (const id of ids) {
    if (wanted !== undefined && id !== wanted) continue;
    p.openObject();
    p.any('nsid', 'nsid %d ', id);
    const name = ctx.netnsNameOf(id);
    if (name !== undefined) p.any('name', '(iproute2 netns name: %s)', name);
    p.fp('\n');
    p.closeObject();
  }
  p.deleteJson();
  return 0;
}

/** netns_add() with `create`. */
function addNetns(ctx: ToolContext, args: Args): number {
  if (args.left < 1) return complain(ctx, 'No netns name specified\n');
  const name = args.take();
  return bind(ctx, name, () => ctx.proc.host.newNetns(name));
}

/** netns_add() without: an existing process's namespace gets a name. */
function attachNetns(ctx: ToolContext, args: Args): number {
  if (args.left < 2) return complain(ctx, 'No netns name and PID specified\n');
  const name = args.take();
  const pid = parseInteger(args.current);
  if (!pid) return complain(ctx, `Invalid PID: ${args.current}\n`);
  const net = netnsAt(ctx.proc, `/proc/${pid}/ns/net`);
  if (net) {
    return bind(ctx, name, () => {
      if (net.name === '' && net !== ctx.proc.host.netns) net.name = name;
      return net;
    });
  }
  const path = `${NETNS_RUN_DIR}/${name}`;
  const reason = strerror('ENOENT');
  return complain(ctx, `Bind /proc/${pid}/ns/net -> ${path} failed: ${reason}\n`);
}

/** The file in /run/netns, and the namespace mounted on it. */
function bind(ctx: ToolContext, name: string, make: () => Netns): number {
  const { proc } = ctx;
  const made = mkdir(proc, NETNS_RUN_DIR, 0o755);
  if (made !== undefined && made !== 'EEXIST') {
    return complain(ctx, `mkdir ${NETNS_RUN_DIR} failed: ${strerror(made)}\n`);
  }
  const path = `${NETNS_RUN_DIR}/${name}`;
  const file = open(proc, path, { read: true, create: true, exclusive: true, mode: 0 });
  if (typeof file === 'string') {
    return complain(ctx, `Cannot create namespace file "${path}": ${strerror(file)}\n`);
  }
  file.get().put();
  const target = realpath(proc, path);
  if (typeof target === 'string') {
    return complain(ctx, `Bind /proc/self/ns/net -> ${path} failed: ${strerror(target)}\n`);
  }
  const net = make();
  const label = `net:[${net.inode}]`;
  const root = new Inode(
    net.inode,
    { kind: 'ns', type: 'net', ns: net, label },
    0o444,
    proc.host.clockUs,
  );
  proc.mounts.mount({ source: 'nsfs', target: target.path, type: 'nsfs', options: 'rw', root });
  return 0;
}

/** netns_delete(). */
function deleteNetns(ctx: ToolContext, args: Args): number {
  if (args.left < 1 && !ctx.options.all) return complain(ctx, 'No netns name specified\n');
  if (!ctx.options.all) return remove(ctx, args.take());
  for (const name of netnsNames(ctx.proc) ?? []) if (remove(ctx, name) !== 0) break;
  return 0;
}

/** on_netns_del(). */
function remove(ctx: ToolContext, name: string): number {
  const { proc } = ctx;
  const path = `${NETNS_RUN_DIR}/${name}`;
  const net = netnsByName(proc, name);
  const target = realpath(proc, path);
  if (net && typeof target !== 'string') proc.mounts.umount(target.path);
  const gone = unlink(proc, path);
  if (gone !== undefined) {
    return complain(ctx, `Cannot remove namespace file "${path}": ${strerror(gone)}\n`);
  }
  if (net) proc.host.releaseNetns(net);
  return 0;
}

/** netns_set(). */
function* setNsid(ctx: ToolContext, args: Args): Step<number> {
  if (args.left < 1) return complain(ctx, 'No netns name specified\n');
  if (args.left < 2) return complain(ctx, 'No nsid specified\n');
  const name = args.take();
  const value = args.take();
  const nsid = value === 'auto' ? -1 : parseInteger(value);
  if (nsid === undefined) return yield* args.invalid('Invalid "netnsid" value', value);
  if (nsid < 0 && value !== 'auto') yield* args.invalid('"netnsid" value should be >= 0', value);
  const net = netnsByName(ctx.proc, name);
  if (!net) {
    const reason = strerror('ENOENT');
    return complain(ctx, `Cannot open network namespace "${name}": ${reason}\n`);
  }
  return ctx.answer(ctx.rtnl(() => newNsid(ctx.net, net, nsid)));
}

/** netns_identify(). */
function identify(ctx: ToolContext, args: Args): number {
  if (args.left > 1) return complain(ctx, 'extra arguments specified\n');
  const pid = args.left === 0 ? 'self' : args.take();
  if (pid !== 'self' && !/^\d*$/.test(pid)) {
    return complain(ctx, `Specified string '${pid}' is not a pid\n`);
  }
  const net = pid === 'self' ? ctx.net : netnsAt(ctx.proc, `/proc/${pid}/ns/net`);
  if (!net) return complain(ctx, `Cannot open network namespace: ${strerror('ENOENT')}\n`);
  const names = netnsNames(ctx.proc) ?? [];
  const last = names.findLast((name) => netnsByName(ctx.proc, name) === net);
  ctx.stdio.out(`${last ?? ''}\n`);
  return 0;
}

/** netns_pids(). */
function pids(ctx: ToolContext, args: Args): number {
  if (args.left < 1) return complain(ctx, 'No netns name specified\n');
  if (args.left > 1) return complain(ctx, 'extra arguments specified\n');
  const net = netnsByName(ctx.proc, args.take());
  if (!net) return complain(ctx, `Cannot open network namespace: ${strerror('ENOENT')}\n`);
  const found = [...ctx.proc.host.procs.values()].filter((p) => p.alive && p.netns === net);
  for (const pid of found.map((p) => p.pid).sort((a, b) => a - b)) ctx.stdio.out(`${pid}\n`);
  return 0;
}
