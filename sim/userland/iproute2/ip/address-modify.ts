import {
  type AddressFlags,
  type AddressRequest,
  delAddress,
  newAddress,
} from '../../../linux/rtnetlink/addr';
import type { Ip } from '../../../wire/frame';
import { broadcastOf, isMulticast, maskV4 } from '../../../wire/ip';
import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { type AddressFamily, getAddress, getPrefix, type InetPrefix } from '../inet-prefix';
import { parseUnsigned } from '../number';
import { type Option, parseOption } from '../option-table';
import { ADDRESS_FLAGS } from './address-print';
import { addressUsage } from './address-usage';
import { IFA_F_MANAGETEMPADDR, IFA_F_NODAD, IFA_F_NOPREFIXROUTE } from './shown-address';

const FOREVER = 0xffff_ffff;
const IFA_F_HOMEADDRESS = 0x10;
const IFA_F_MCAUTOJOIN = 0x400;
const SCOPE_HOST = 254;

interface AddressParse {
  readonly ctx: ToolContext;
  family: AddressFamily;
  local: InetPrefix | undefined;
  localText: string;
  peer: InetPrefix | undefined;
  broadcast: Ip | '+' | '-' | undefined;
  scope: number | undefined;
  dev: string | undefined;
  label: string | undefined;
  metric: number | undefined;
  valid: number | undefined;
  preferred: number | undefined;
  flags: number;
}

/** ipaddr_modify(), ip/ipaddress.c. Without `flags` it deletes. */
export function* modifyAddress(
  ctx: ToolContext,
  args: Args,
  flags: AddressFlags | 'delete',
): Step<number> {
  const state: AddressParse = {
    ctx,
    family: ctx.options.family,
    local: undefined,
    localText: '',
    peer: undefined,
    broadcast: undefined,
    scope: undefined,
    dev: undefined,
    label: undefined,
    metric: undefined,
    valid: undefined,
    preferred: undefined,
    flags: 0,
  };
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    if (takeFlag(state, args)) continue;
    yield* takeLocal(args, state);
  }
  if (state.dev === undefined) {
    return complain(ctx, 'Not enough information: "dev" argument is required.\n');
  }
  return flags === 'delete' ? remove(state, state.dev) : add(state, state.dev, flags);
}

function complain(ctx: ToolContext, text: string): number {
  ctx.stdio.error(text);
  return -1;
}

function takeFlag(state: AddressParse, args: Args): boolean {
  const flag = ADDRESS_FLAGS.find((f) => f.name === args.current);
  if (!flag) return false;
  args.take();
  const { error } = state.ctx.stdio;
  if (flag.readonly) error(`Warning: ${flag.name} option is not mutable from userspace\n`);
  else if (flag.v6only && state.family !== 6) {
    error(`Warning: ${flag.name} option can be set only for IPv6 addresses\n`);
  } else state.flags |= flag.mask;
  return true;
}

function* takeLocal(args: Args, state: AddressParse): Step<void> {
  let word = args.take();
  if (word === 'local') word = yield* args.value();
  if (matches(word, 'help')) yield* addressUsage(state.ctx);
  if (state.local) yield* args.garbage('local', word);
  state.localText = word;
  state.local = yield* getPrefix(args, word, state.family);
  if (state.family === 0) state.family = state.local.family;
}

function add(state: AddressParse, devName: string, flags: AddressFlags): number {
  const { ctx, local } = state;
  const peer = state.peer ?? local;
  let broadcast = typeof state.broadcast === 'string' ? undefined : state.broadcast;
  if (typeof state.broadcast === 'string') {
    if (state.family !== 4) {
      return complain(ctx, 'Broadcast can be set only for IPv4 addresses\n');
    }
    if (peer && typeof peer.address === 'number' && peer.bits <= 30) {
      broadcast =
        state.broadcast === '+'
          ? broadcastOf(peer.address, peer.bits)
          : (peer.address & maskV4(peer.bits)) >>> 0;
    }
  }
  const dev = ctx.device(devName);
  if (!dev) return ctx.noDevice(devName);
  const { valid = FOREVER, preferred = FOREVER } = state;
  if (state.valid !== undefined || state.preferred !== undefined) {
    if (!valid) return complain(ctx, 'valid_lft is zero\n');
    if (valid < preferred) return complain(ctx, 'preferred_lft is greater than valid_lft\n');
  }
  const address = local?.address;
  if (state.flags & IFA_F_MCAUTOJOIN && (address === undefined || !isMulticast(address))) {
    return complain(ctx, 'autojoin needs multicast address\n');
  }
  if (address === undefined) {
    return ctx.answer({ ok: false, error: { errno: 'EINVAL' } });
  }
  const loopback = typeof address === 'number' && address >>> 24 === 127;
  const request: AddressRequest = {
    dev,
    local: address,
    peer: state.peer?.address,
    prefixLen: state.peer?.bits || (local?.bits ?? 0),
    broadcast,
    scope: state.scope ?? (loopback ? SCOPE_HOST : 0),
    label: state.label,
    metric: state.metric,
    validSec: valid === FOREVER ? undefined : valid,
    preferredSec: preferred === FOREVER ? undefined : preferred,
    noPrefixRoute: (state.flags & IFA_F_NOPREFIXROUTE) !== 0,
    noDad: (state.flags & IFA_F_NODAD) !== 0,
    home: (state.flags & IFA_F_HOMEADDRESS) !== 0,
    mngTmpAddr: (state.flags & IFA_F_MANAGETEMPADDR) !== 0,
  };
  return ctx.answer(ctx.rtnl(() => newAddress(ctx.net, request, flags)));
}

function remove(state: AddressParse, devName: string): number {
  const { ctx, local } = state;
  let peer = state.peer?.address;
  if (!state.peer && local) {
    if (local.family === 4 && !local.specified) ctx.stdio.error(wildcardWarning(state.localText));
    else peer = local.address;
  }
  const dev = ctx.device(devName);
  if (!dev) return ctx.noDevice(devName);
  return ctx.answer(
    ctx.rtnl(() =>
      delAddress(ctx.net, {
        dev,
        local: local?.address,
        peer,
        prefixLen: state.peer?.bits || (local?.bits ?? 0),
        label: state.label,
      }),
    ),
  );
}

const wildcardWarning = (text: string): string =>
  'Warning: Executing wildcard deletion to stay compatible with old scripts.\n' +
  `         Explicitly specify the prefix length (${text}/32) to avoid this warning.\n` +
  '         This special behaviour is likely to disappear in further releases,\n' +
  '         fix your scripts!\n';

const lifetime = (key: 'valid' | 'preferred', name: string): Option<AddressParse> => ({
  names: `${name}*`,
  *run(state, value, args) {
    if (state[key] !== undefined) yield* args.duplicate(name, value);
    const seconds = value === 'forever' ? FOREVER : parseUnsigned(value);
    if (seconds === undefined) yield* args.invalid(`${name} value`, value);
    state[key] = seconds;
  },
});

const OPTIONS: readonly Option<AddressParse>[] = [
  {
    names: 'peer remote',
    *run(state, value, args) {
      if (state.peer) yield* args.duplicate('peer', value);
      state.peer = yield* getPrefix(args, value, state.family);
      if (state.family === 0) state.family = state.peer.family;
    },
  },
  {
    names: 'broadcast* brd',
    *run(state, value, args) {
      if (state.broadcast !== undefined) yield* args.duplicate('broadcast', value);
      if (value === '+' || value === '-') {
        state.broadcast = value;
        return;
      }
      const found = yield* getAddress(args, value, state.family);
      if (state.family === 0) state.family = found.family;
      state.broadcast = found.address;
    },
  },
  {
    names: 'anycast',
    *run(_state, _value, args) {
      yield* args.notSimulated('ip address', 'anycast');
    },
  },
  {
    names: 'scope',
    *run(state, value, args) {
      state.scope = state.ctx.names.number('rt_scopes', value);
      if (state.scope === undefined) yield* args.invalid('invalid scope value.', value);
    },
  },
  {
    names: 'dev',
    set(state, value) {
      state.dev = value;
    },
  },
  {
    names: 'label',
    set(state, value) {
      state.label = value;
    },
  },
  {
    names: 'metric* priority* preference*',
    *run(state, value, args) {
      state.metric = parseUnsigned(value);
      if (state.metric === undefined) yield* args.invalid('"metric" value is invalid\n', value);
    },
  },
  lifetime('valid', 'valid_lft'),
  lifetime('preferred', 'preferred_lft'),
];
