import type { NetDevice } from '../../../linux/device/net-device';
import { strerror } from '../../../linux/errno';
import { delLink, newLink } from '../../../linux/rtnetlink/link';
import { formatIp } from '../../../wire/ip';
import { type Args, isInterfaceName, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { getAddress } from '../inet-prefix';
import { parseUnsigned } from '../number';
import { type Option, parseOption } from '../option-table';
import { USAGE } from './usage';

interface TunnelParse {
  readonly ctx: ToolContext;
  name: string | undefined;
  local: number | undefined;
  remote: number | undefined;
  ttl: number | undefined;
  tos: number | undefined;
  pmtudisc: boolean | undefined;
  link: number | undefined;
}

/** do_iptunnel(), ip/iptunnel.c, for mode ipip. */
export function* tunnelCommand(ctx: ToolContext, args: Args): Step<number> {
  const verb = args.left > 0 ? args.take() : 'show';
  const is = (name: string): boolean => matches(verb, name);
  if (ctx.options.family === 6) yield* args.notSimulated('ip tunnel', '-6');
  if (is('change') || is('prl') || is('6rd')) yield* args.notSimulated('ip tunnel', verb);
  const known = ['add', 'delete', 'show', 'lst', 'list'].find(is);
  if (!known) {
    if (!is('help')) yield* args.fail(`Command "${verb}" is unknown, try "ip tunnel help"\n`);
    ctx.stdio.error(USAGE.tunnel);
    return yield* exit(-1);
  }
  const state = yield* parse(ctx, args);
  if (known === 'add') return addTunnel(ctx, state);
  if (known === 'delete') return deleteTunnel(ctx, state);
  return showTunnels(ctx, state);
}

function* parse(ctx: ToolContext, args: Args): Step<TunnelParse> {
  const state: TunnelParse = {
    ctx,
    name: undefined,
    local: undefined,
    remote: undefined,
    ttl: undefined,
    tos: undefined,
    pmtudisc: undefined,
    link: undefined,
  };
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    let word = args.take();
    if (word === 'name') word = yield* args.value();
    else if (matches(word, 'help')) {
      ctx.stdio.error(USAGE.tunnel);
      yield* exit(-1);
    }
    if (state.name !== undefined) yield* args.garbage('name', word);
    if (!isInterfaceName(word)) yield* args.invalid('"name" not a valid ifname', word);
    state.name = word;
  }
  return state;
}

function addTunnel(ctx: ToolContext, state: TunnelParse): number {
  const { local, remote, ttl, tos, pmtudisc, link } = state;
  const attrs = state.name === undefined ? {} : { name: state.name };
  const made = ctx.rtnl(() =>
    newLink(ctx.net, attrs, { kind: 'ipip', local, remote, ttl, tos, pmtudisc, link }),
  );
  if (made.ok) return 0;
  ctx.stdio.error(`add tunnel "${state.name ?? 'tunl0'}" failed: ${strerror(made.error.errno)}\n`);
  return -1;
}

function deleteTunnel(ctx: ToolContext, state: TunnelParse): number {
  const name = state.name ?? 'tunl0';
  const dev = ctx.device(name);
  const gone =
    dev?.data.kind === 'ipip'
      ? ctx.rtnl(() => delLink(ctx.net, dev))
      : ({ ok: false, error: { errno: 'ENODEV' } } as const);
  if (gone.ok) return 0;
  ctx.stdio.error(`delete tunnel "${name}" failed: ${strerror(gone.error.errno)}\n`);
  return -1;
}

function showTunnels(ctx: ToolContext, state: TunnelParse): number {
  if (state.name !== undefined) {
    const dev = ctx.device(state.name);
    if (dev?.data.kind !== 'ipip') {
      const reason = strerror(dev ? 'EOPNOTSUPP' : 'ENODEV');
      ctx.stdio.error(`get tunnel "${state.name}" failed: ${reason}\n`);
      return -1;
    }
    ctx.stdio.out(tunnelLine(ctx, dev));
    return 0;
  }
  for (const dev of ctx.net.devices()) {
    if (dev.data.kind === 'ipip') ctx.stdio.out(tunnelLine(ctx, dev));
  }
  return 0;
}

/** print_tunnel(). */
function tunnelLine(ctx: ToolContext, dev: NetDevice): string {
  if (dev.data.kind !== 'ipip') return '';
  const { data } = dev;
  const end = (ip: number): string => (ip ? formatIp(ip) : 'any');
  const link = ctx.net.deviceByIndex(data.linkIfindex);
  return (
    `${dev.name}: ip/ip remote ${end(data.remote)} local ${end(data.local)}` +
    `${link ? ` dev ${link.name}` : ''} ttl ${data.ttl || 'inherit'}` +
    `${data.tos === 1 ? ' tos inherit' : data.tos ? ` tos 0x${data.tos.toString(16)}` : ''}` +
    `${data.pmtudisc ? '' : ' nopmtudisc'}\n`
  );
}

const endpoint = (key: 'local' | 'remote'): Option<TunnelParse> => ({
  names: key,
  *run(state, value, args) {
    const { address } = yield* getAddress(args, value, 4);
    state[key] = typeof address === 'number' ? address : 0;
  },
});

const OPTIONS: readonly Option<TunnelParse>[] = [
  {
    names: 'mode',
    *run(_state, value, args) {
      if (value === 'ipip' || value === 'ip/ip' || value === 'ipv4/ipv4') return;
      yield* args.notSimulated('ip tunnel', `mode ${value}`);
    },
  },
  {
    names: 'key ikey okey seq iseq oseq csum icsum ocsum external fwmark isatap',
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('ip tunnel', word);
    },
  },
  {
    names: 'pmtudisc nopmtudisc',
    flag: true,
    set(state, word) {
      state.pmtudisc = word === 'pmtudisc';
    },
  },
  endpoint('remote'),
  endpoint('local'),
  {
    names: 'dev',
    *run(state, value) {
      const dev = state.ctx.device(value);
      if (!dev) yield* exit(state.ctx.noDevice(value));
      state.link = dev?.ifindex;
    },
  },
  {
    names: 'ttl hoplimit hlim',
    *run(state, value, args) {
      state.ttl = value === 'inherit' ? 0 : parseUnsigned(value, 255);
      if (state.ttl === undefined) yield* args.invalid('invalid TTL\n', value);
    },
  },
  {
    names: 'tos tclass dsfield*',
    *run(state, value, args) {
      state.tos = value === 'inherit' ? 1 : state.ctx.names.number('rt_dsfield', value);
      if (state.tos === undefined) yield* args.invalid('bad TOS value', value);
    },
  },
];
