import type { NetDevice } from '../../../linux/device/net-device';
import { formatIp } from '../../../wire/ip';
import { formatMac } from '../../../wire/mac';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { USAGE } from './usage';

interface Group {
  readonly family: 'link' | 'inet' | 'inet6';
  readonly address: string;
  readonly users: number;
}

/** do_multiaddr(), ip/ipmaddr.c. */
export function* maddressCommand(ctx: ToolContext, args: Args): Step<number> {
  const verb = args.left > 0 ? args.take() : 'show';
  const is = (name: string): boolean => matches(verb, name);
  if (is('add') || is('delete')) yield* args.notSimulated('ip maddress', verb);
  if (!is('list') && !is('show') && !is('lst')) {
    if (!is('help')) yield* args.fail(`Command "${verb}" is unknown, try "ip maddr help".\n`);
    ctx.stdio.error(USAGE.maddress);
    return yield* exit(-1);
  }
  let dev: string | undefined;
  while (args.left > 0) {
    let word = args.take();
    if (word === 'dev') word = yield* args.value();
    if (dev !== undefined) yield* args.garbage('dev', word);
    dev = word;
  }
  const p = ctx.print;
  p.newJson();
  for (const one of ctx.net.devices()) if (dev === undefined || one.name === dev) show(ctx, one);
  p.deleteJson();
  return 0;
}

function show(ctx: ToolContext, dev: NetDevice): void {
  const p = ctx.print;
  const groups = groupsOf(ctx, dev);
  if (groups.length === 0) return;
  p.openObject();
  p.any('ifindex', '%d:', dev.ifindex);
  p.any('ifname', '\t%s', dev.name);
  p.nl();
  if (p.json) p.openArray('maddr');
  for (const group of groups) {
    p.openObject();
    p.any('family', '\t%-5s ', group.family);
    p.any(group.family === 'link' ? 'link' : 'address', '%s', group.address);
    if (group.users !== 1) p.any('users', ' users %d', group.users);
    p.nl();
    p.closeObject();
  }
  if (p.json) p.closeArray();
  p.closeObject();
}

/** /proc/net/dev_mcast, igmp and igmp6, newest first as the kernel's lists are. */
function groupsOf(ctx: ToolContext, dev: NetDevice): readonly Group[] {
  const { family } = ctx.options;
  const link = [...dev.mcAddresses].map(([mac, users]) => ({
    family: 'link' as const,
    address: formatMac(mac),
    users,
  }));
  const inet = [...dev.inDev.groups].reverse().map(([ip, users]) => ({
    family: 'inet' as const,
    address: formatIp(ip),
    users,
  }));
  const inet6 = [...dev.in6Dev.groups].reverse().map(([ip, users]) => ({
    family: 'inet6' as const,
    address: formatIp(ip),
    users,
  }));
  return [
    ...(family === 0 || family === 'link' ? link : []),
    ...(family === 0 || family === 4 ? inet : []),
    ...(family === 0 || family === 6 ? inet6 : []),
  ];
}
