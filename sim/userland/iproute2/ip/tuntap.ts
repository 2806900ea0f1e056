import type { NetDevice } from '../../../linux/device/net-device';
import { type Tun, tunFlagBits } from '../../../linux/device/tun';
import { type Errno, strerror } from '../../../linux/errno';
import { open } from '../../../linux/files';
import { type TunFile, tunFileOf } from '../../../linux/tun-file';
import { idOf } from '../../coreutils/user';
import { type Args, isInterfaceName, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { parseUnsigned } from '../number';
import { USAGE } from './usage';

/** do_iptuntap(), ip/iptuntap.c. */
export function* tuntapCommand(ctx: ToolContext, args: Args): Step<number> {
  const verb = args.left > 0 ? args.take() : 'show';
  const is = (name: string): boolean => matches(verb, name);
  if (is('add')) return yield* addDevice(ctx, args);
  if (is('delete')) return yield* deleteDevice(ctx, args);
  if (is('show') || is('lst') || is('list')) return showDevices(ctx);
  if (is('help')) return yield* usage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip tuntap help".\n`);
}

function* usage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(USAGE.tuntap);
  return yield* exit(-1);
}

interface TuntapParse {
  name: string;
  mode: 'tun' | 'tap' | undefined;
  pi: boolean;
  vnetHdr: boolean;
  multiQueue: boolean;
  oneQueue: boolean;
  user: number | undefined;
  group: number | undefined;
}

/** The words of parse_args() that stand for a flag. */
const FLAGS = [
  ['pi', 'pi'],
  ['one_queue', 'oneQueue'],
  ['vnet_hdr', 'vnetHdr'],
  ['multi_queue', 'multiQueue'],
] as const;

/** parse_args(). */
function* parse(ctx: ToolContext, args: Args): Step<TuntapParse & { mode: 'tun' | 'tap' }> {
  const state: TuntapParse = {
    name: '',
    mode: undefined,
    pi: false,
    vnetHdr: false,
    multiQueue: false,
    oneQueue: false,
    user: undefined,
    group: undefined,
  };
  while (args.left > 0) yield* parseWord(ctx, args, state);
  const { mode } = state;
  if (mode) return { ...state, mode };
  return yield* args.fail('You failed to specify a tunnel mode\n', 1);
}

function* parseWord(ctx: ToolContext, args: Args, state: TuntapParse): Step<void> {
  const word = args.take();
  const is = (name: string): boolean => matches(word, name);
  if (is('mode')) {
    state.mode = yield* parseMode(args, state.mode);
    return;
  }
  if (is('user')) {
    state.user = yield* parseId(ctx, args, 'user');
    return;
  }
  if (is('group')) {
    state.group = yield* parseId(ctx, args, 'group');
    return;
  }
  const flag = FLAGS.find(([name]) => is(name));
  if (flag) {
    state[flag[1]] = true;
    return;
  }
  yield* parseName(ctx, args, { state, word });
}

function* parseMode(args: Args, before: 'tun' | 'tap' | undefined): Step<'tun' | 'tap'> {
  const word = yield* args.value();
  if (word !== 'tun' && word !== 'tap') {
    return yield* args.fail(`Unknown tunnel mode "${word}"\n`);
  }
  if (before !== undefined && before !== word) {
    yield* args.fail('You managed to ask for more than one tunnel mode.\n');
  }
  return word;
}

/** A number, or a name of /etc/passwd or /etc/group. */
function* parseId(ctx: ToolContext, args: Args, what: 'user' | 'group'): Step<number> {
  const word = yield* args.value();
  const path = what === 'user' ? '/etc/passwd' : '/etc/group';
  const id = parseUnsigned(word) ?? idOf(ctx.proc, path, word);
  return id ?? (yield* args.fail(`invalid ${what} "${word}"\n`));
}

function* parseName(
  ctx: ToolContext,
  args: Args,
  { state, word }: { readonly state: TuntapParse; readonly word: string },
): Step<void> {
  if (matches(word, 'dev')) {
    const name = yield* args.value();
    if (!isInterfaceName(name)) yield* args.invalid('"dev" not a valid ifname', name);
    state.name = name;
    return;
  }
  const named = matches(word, 'name');
  if (!named && matches(word, 'help')) yield* usage(ctx);
  const name = named ? yield* args.value() : word;
  if (state.name !== '') yield* args.garbage('name', name);
  if (!isInterfaceName(name)) yield* args.invalid('"name" not a valid ifname', name);
  state.name = name;
}

/** open(2) of the device file and TUNSETIFF; `body` then does what else is to do. */
function withTun(
  ctx: ToolContext,
  wanted: TuntapParse & { mode: 'tun' | 'tap' },
  how: { readonly exclusive: boolean; body(file: TunFile): void },
): number {
  const perror = (what: string, errno: Errno): number => {
    ctx.stdio.error(`${what}: ${strerror(errno)}\n`);
    return -1;
  };
  const opened = open(ctx.proc, '/dev/net/tun', { read: true, write: true });
  if (typeof opened === 'string') return perror('open', opened);
  const fd = ctx.proc.install(opened);
  const file = tunFileOf(opened);
  const { user: _user, group: _group, ...request } = wanted;
  const made = file?.setIff({ ...request, exclusive: how.exclusive });
  if (file && made?.ok) how.body(file);
  ctx.proc.close(fd);
  if (made?.ok) return 0;
  return perror('ioctl(TUNSETIFF)', made?.error ?? 'ENOTTY');
}

/** tap_add_ioctl(). */
function* addDevice(ctx: ToolContext, args: Args): Step<number> {
  const wanted = yield* parse(ctx, args);
  return withTun(ctx, wanted, {
    exclusive: true,
    body(file) {
      if (wanted.user !== undefined) file.set({ owner: wanted.user });
      if (wanted.group !== undefined) file.set({ group: wanted.group });
      file.set({ persist: true });
    },
  });
}

/** tap_del_ioctl(): a device that was not there is made and goes again. */
function* deleteDevice(ctx: ToolContext, args: Args): Step<number> {
  const wanted = yield* parse(ctx, args);
  return withTun(ctx, wanted, { exclusive: false, body: (file) => file.set({ persist: false }) });
}

/** do_show(): every device, whatever else was said. */
function showDevices(ctx: ToolContext): number {
  ctx.print.newJson();
  for (const dev of ctx.net.devices())
    if (dev.data.kind === 'tun') showDevice(ctx, dev, dev.data.tun);
  ctx.print.deleteJson();
  return 0;
}

/** IFF_NOFILTER, which is IFF_NO_PI's bit. */
const IFF_NOFILTER = 0x1000;

/** print_tuntap(). */
function showDevice(ctx: ToolContext, dev: NetDevice, tun: Tun): void {
  const p = ctx.print;
  p.openObject();
  p.color('ifname', 'ifname', '%s:', dev.name);
  const { mode, pi, oneQueue, vnetHdr, multiQueue } = tun.flags;
  const flags: readonly (readonly [boolean, string])[] = [
    [true, mode],
    [pi, 'pi'],
    [oneQueue, 'one_queue'],
    [vnetHdr, 'vnet_hdr'],
    [multiQueue, 'multi_queue'],
    [tun.persist, 'persist'],
    [(tunFlagBits(tun) & IFF_NOFILTER) === 0, 'filter'],
  ];
  if (p.json) p.openArray('flags');
  for (const [on, name] of flags) if (on) p.any(undefined, ' %s', name);
  if (p.json) p.closeArray();
  if (tun.owner !== -1) p.any('user', ' user %d', tun.owner);
  if (tun.group !== -1) p.any('group', ' group %d', tun.group);
  p.nl();
  if (ctx.options.details) showProcesses(ctx, dev);
  p.closeObject();
}

/** show_processes(): who has the device file open for it. */
function showProcesses(ctx: ToolContext, dev: NetDevice): void {
  const p = ctx.print;
  p.fp('\tAttached to processes:');
  if (p.json) p.openArray('processes');
  for (const proc of ctx.proc.host.procs.values()) {
    const holds = [...proc.fds.values()].some((file) => tunFileOf(file)?.dev === dev);
    if (!holds) continue;
    p.openObject();
    p.any('name', ' %s', proc.argv[0]?.split('/').at(-1) ?? '');
    p.any('pid', '(%d)', proc.pid);
    p.closeObject();
  }
  if (p.json) p.closeArray();
  p.nl();
}
