import { type Errno, strerror } from '../../linux/errno';
import type { CtZone } from '../../linux/netfilter/conntrack/conn';
import {
  answerTuple,
  type CtKey,
  ctChange,
  ctCreate,
  ctDelete,
  ctDump,
  ctFlush,
  ctGet,
} from '../../linux/netfilter/conntrack/ctnetlink';
import type { CtMessage } from '../../linux/netfilter/conntrack/message';
import { icmpTuple, isIcmpProto, type NfTuple } from '../../linux/netfilter/conntrack/tuple';
import { tick } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { CtCommand, Failure, Side } from './command';
import { type Context, type Ended, VERSION } from './context';
import { passesFilter, passesNat, passesNetwork, sidesMatch } from './filter';

const ERRORS: readonly (readonly [Errno, readonly string[] | undefined, string])[] = [
  ['EINVAL', undefined, 'invalid parameters'],
  ['EEXIST', ['create'], 'Such conntrack exists, try -U to update'],
  ['ENOENT', ['create', 'get', 'delete', 'add'], "such conntrack doesn't exist"],
  ['ENOMEM', ['create', 'get', 'add'], 'not enough memory'],
  ['EAFNOSUPPORT', ['get'], 'protocol not supported'],
];

/** err2str(). */
function failed(errno: Errno, command: string): Failure {
  const known = ERRORS.find(
    ([code, commands]) => code === errno && (!commands || commands.includes(command)),
  );
  return { text: `Operation failed: ${known?.[2] ?? strerror(errno)}`, code: 1 };
}

/** Whether -z may not be used besides: CT_COMPARISON. */
const COMPARISON = [
  'protonum',
  'src',
  'dst',
  'reply-src',
  'reply-dst',
  'mark',
  'secmark',
  'status',
  'id',
  'zone',
  'label',
  'orig-zone',
  'reply-zone',
];

const compares = (cmd: CtCommand): boolean => COMPARISON.some((name) => cmd.options.has(name));

/** nfct_filter_init(): masks need what they mask. */
function checkMasks(cmd: CtCommand): Ended {
  for (const side of ['src', 'dst'] as const) {
    if (cmd.options.has(`mask-${side}`) && !cmd.options.has(side)) {
      return { text: `Can't use --mask-${side} without --${side}`, code: 2 };
    }
  }
  return undefined;
}

/** CT_LIST. */
export function* list(ctx: Context): Blocking<Ended> {
  const { cmd, proc } = ctx;
  if (cmd.table === 'dying' || cmd.table === 'unconfirmed') return undefined;
  const zero = cmd.options.has('zero');
  if (zero && compares(cmd)) {
    return { text: "Can't use -z with filtering parameters", code: 2 };
  }
  const wrong = checkMasks(cmd);
  if (wrong) return wrong;
  const { family, mark, status } = cmd;
  for (const ct of ctDump(proc.netns, { family, mark, status, zero })) {
    if (proc.charge(1)) yield* tick(proc, 0);
    if (passesFilter(cmd, ct)) yield* ctx.show(ct);
  }
  return undefined;
}

const keyOf = (ct: CtMessage): CtKey => ({ tuple: ct.original, dir: 0, zone: ct.zone });

/** CT_DELETE. */
export function* remove(ctx: Context): Blocking<Ended> {
  const { cmd, proc } = ctx;
  const wrong = checkMasks(cmd);
  if (wrong) return wrong;
  const report = { portid: proc.pid };
  for (const ct of ctDump(proc.netns, { family: cmd.family, mark: cmd.mark })) {
    if (proc.charge(1)) yield* tick(proc, 0);
    if (!passesFilter(cmd, ct) || (compares(cmd) && differsInTime(cmd, ct))) continue;
    const done = ctDelete(proc.netns, keyOf(ct), report);
    if (!done.ok) return failed(done.error, 'delete');
    yield* ctx.show(cmd.output.has('save') ? { ...ct, type: 'destroy' } : ct);
  }
  return undefined;
}

const differsInTime = (cmd: CtCommand, ct: CtMessage): boolean =>
  cmd.timeout !== undefined && cmd.timeout !== ct.timeout;

/** mnl_nfct_update_cb(): each entry that would change is changed and shown. */
export function* update(ctx: Context): Blocking<Ended> {
  const { cmd, proc } = ctx;
  const wrong = checkMasks(cmd);
  if (wrong) return wrong;
  for (const ct of ctDump(proc.netns)) {
    if (proc.charge(1)) yield* tick(proc, 0);
    if (!passesNat(cmd, ct) || !passesNetwork(cmd, ct) || !sidesMatch(cmd, ct)) continue;
    if (cmd.id !== undefined && cmd.id !== ct.id) continue;
    const set = changeOf(cmd, ct);
    if (!set) continue;
    // A request without a family carries no tuple that the kernel understands; none carries a zone.
    const key = { ...keyOf(ct), zone: undefined };
    const errno = cmd.family === undefined ? 'EOPNOTSUPP' : updateOne(ctx, key, set);
    if (errno) yield* printError(proc, `${failed(errno, 'update').text}\n`);
    if (cmd.family === undefined) return failed('EOPNOTSUPP', 'update');
    const got = ctGet(proc.netns, key);
    if (!got.ok) continue;
    yield* ctx.show(got.value);
  }
  return undefined;
}

type Change = Parameters<typeof ctChange>[2]['set'];

/** copy_mark(), copy_status(); undefined when nothing would change. */
function changeOf(cmd: CtCommand, ct: CtMessage): Change | undefined {
  const { mark, status, timeout, tcpState } = cmd;
  if (cmd.proto !== undefined && cmd.proto !== ct.original.proto) return undefined;
  const old = ct.mark ?? 0;
  const newMark = mark ? ((old & ~mark.mask) ^ mark.value) >>> 0 : undefined;
  const newStatus = status ? ct.status | status.value : undefined;
  const same =
    (newMark ?? old) === old &&
    (newStatus ?? ct.status) === ct.status &&
    (timeout ?? ct.timeout) === ct.timeout &&
    (tcpState ?? ct.tcpState) === ct.tcpState;
  return same ? undefined : { mark: newMark, status: newStatus, timeout, tcpState };
}

function updateOne(ctx: Context, key: CtKey, set: Change): Errno | undefined {
  const done = ctChange(ctx.proc.netns, key, { set, report: { portid: ctx.proc.pid } });
  return done.ok ? undefined : done.error;
}

/** The tuple that the options of one direction give. */
function tupleFrom(cmd: CtCommand, side: Side): NfTuple {
  const zero = cmd.family === 6 ? 0n : 0;
  const proto = cmd.proto ?? 0;
  const { src = zero, dst = zero, srcPort = 0, dstPort = 0 } = side;
  if (!isIcmpProto(proto)) return { src, dst, proto, srcPort, dstPort };
  const { type = 0, code = 0, id = 0 } = cmd.icmp;
  return { src, dst, proto, srcPort: id, dstPort: icmpTuple(type, code) };
}

const isSet = (side: Side): boolean => side.src !== undefined || side.dst !== undefined;

/** CT_GET. */
export function* get(ctx: Context): Blocking<Ended> {
  const { cmd, proc } = ctx;
  const reply = !isSet(cmd.orig);
  const tuple = tupleFrom(cmd, reply ? cmd.repl : cmd.orig);
  const got = ctGet(proc.netns, { tuple, dir: reply ? 1 : 0 });
  if (!got.ok) return failed(got.error, 'get');
  if (passesFilter(cmd, got.value)) yield* ctx.show(got.value);
  return undefined;
}

function zoneOf(cmd: CtCommand): CtZone | undefined {
  if (cmd.zone !== undefined) return { id: cmd.zone, dir: 'both' };
  if (cmd.origZone !== undefined) return { id: cmd.origZone, dir: 'orig' };
  return cmd.replZone === undefined ? undefined : { id: cmd.replZone, dir: 'reply' };
}

/** CT_CREATE, CT_ADD: the direction that was not given is the answer to the other. */
export function create(ctx: Context): Ended {
  const { cmd, proc } = ctx;
  const orig = isSet(cmd.orig) ? tupleFrom(cmd, cmd.orig) : undefined;
  const repl = isSet(cmd.repl) ? tupleFrom(cmd, cmd.repl) : undefined;
  const original = orig ?? answerTuple(repl ?? tupleFrom(cmd, cmd.orig));
  const nat = (name: string, side: CtCommand['snat']) =>
    cmd.options.has(name) && (side.ip !== undefined || side.port !== undefined) ? side : undefined;
  const done = ctCreate(
    proc.netns,
    {
      original,
      reply: repl ?? answerTuple(original),
      timeout: cmd.timeout,
      status: cmd.status?.value,
      mark: cmd.mark?.value,
      tcpState: cmd.tcpState,
      zone: zoneOf(cmd),
      snat: nat('src-nat', cmd.snat),
      dnat: nat('dst-nat', cmd.dnat),
    },
    { portid: proc.pid },
  );
  if (done.ok) {
    ctx.counter++;
    return undefined;
  }
  return done.error === 'EEXIST' && cmd.name === 'add' ? undefined : failed(done.error, 'create');
}

/** CT_FLUSH. */
export function* flush(ctx: Context): Blocking<Ended> {
  ctFlush(ctx.proc.netns, ctx.cmd.family, { portid: ctx.proc.pid });
  yield* printError(ctx.proc, `${VERSION}: connection tracking table has been emptied.\n`);
  return undefined;
}

/** CT_STATS: one line a processor; the machine has one. */
export function statsText(ctx: Context): string {
  const s = ctx.proc.netns.ct?.stats;
  const values = {
    found: s?.found ?? 0,
    invalid: s?.invalid ?? 0,
    insert: s?.insert ?? 0,
    insert_failed: s?.insert_failed ?? 0,
    drop: s?.drop ?? 0,
    early_drop: s?.early_drop ?? 0,
    error: s?.error ?? 0,
    search_restart: 0,
    clash_resolve: s?.clashres ?? 0,
    chaintoolong: s?.chaintoolong ?? 0,
  };
  const words = Object.entries(values).map(([name, value]) => `${name}=${value} `);
  return `cpu=0   \t${words.join('')}\n`;
}
