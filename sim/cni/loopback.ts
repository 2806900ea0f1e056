import { OK, ok, type Result } from '../base/result';
import { IFF_UP, type NetDevice } from '../linux/device/net-device';
import { changeLink } from '../linux/rtnetlink/link';
import { formatIp, isLoopback } from '../wire/ip';
import { unmarshal } from './gojson/fields';
import type { Step } from './invoke';
import { addressesOf, netlinkError } from './pkg/link';
import { getNetns } from './pkg/ns';
import { print } from './pkg/print';
import type { Call, Plugin } from './skel';
import { type CniError, fail, goQuote } from './types/error';
import { type IpNet, isV4 } from './types/ip-net';
import { parsePrevResult, readNetConf } from './types/net-conf';
import { newResult, printAsIs } from './types/result';

/** lo of the container, whatever CNI_IFNAME says. */
function withLo<T>(call: Call, act: (lo: NetDevice) => Result<T, CniError>): Result<T, CniError> {
  const netns = getNetns(call.proc, call.netns);
  return netns.ok ? act(netns.value.net.lo) : netns;
}

/** The first address of each family, all of which must be loopback addresses. */
function bringUp(lo: NetDevice): Result<readonly IpNet[], CniError> {
  const up = changeLink(lo.netns, lo, { up: true });
  if (!up.ok) return fail(netlinkError(up));
  const all = addressesOf(lo);
  const foreign = all.find((one) => !isLoopback(one.address));
  if (foreign) {
    const address = goQuote(formatIp(foreign.address));
    return fail(`loopback interface found with non-loopback address ${address}`);
  }
  const first = [all.find((one) => isV4(one.address)), all.find((one) => !isV4(one.address))];
  return { ok: true, value: first.flatMap((one) => one ?? []) };
}

function* add(call: Call): Step<string> {
  const conf = unmarshal(call.stdin, 'types.NetConf', readNetConf);
  if (!conf.ok) return fail(`failed to parse network config: ${conf.error}`);
  const before = parsePrevResult(conf.value, call.release);
  if (!before.ok) return fail(`failed to parse prevResult: ${before.error}`);
  const addresses = withLo(call, bringUp);
  if (!addresses.ok) return addresses;
  const { cniVersion } = conf.value;
  if (before.value) return print(call, before.value, cniVersion);
  const own = newResult(cniVersion, {
    interfaces: [{ name: 'lo', mac: '00:00:00:00:00:00', sandbox: call.netns }],
    ips: addresses.value.map((address) => ({ interface: 0, address })),
  });
  // The result claims the configuration's version without having its form.
  return cniVersion === '' ? print(call, own, '') : ok(printAsIs(own, call.release));
}

function* del(call: Call): Step {
  if (call.netns === '') return OK;
  const done = withLo(call, (lo) => {
    const down = changeLink(lo.netns, lo, { up: false });
    return down.ok ? OK : fail(netlinkError(down));
  });
  return !done.ok && done.error.is === 'ns-path-not-exist' ? OK : done;
}

function* check(call: Call): Step {
  return withLo(call, (lo) => (lo.flags & IFF_UP ? OK : fail('loopback interface is down')));
}

/** plugins/main/loopback. */
export const loopback: Plugin = { name: 'loopback', add, check, del };
