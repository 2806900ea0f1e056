import { OK, ok } from '../../base/result';
import { printError } from '../../linux/process-io';
import { getRoute } from '../../linux/rtnetlink/route';
import { familyOf } from '../../wire/ip';
import type { Step } from '../invoke';
import { Iptables } from '../pkg/iptables';
import { print } from '../pkg/print';
import { setSysctl } from '../pkg/sysctl';
import type { Call, Plugin } from '../skel';
import { fail, goQuote } from '../types/error';
import { type IpNet, isV4 } from '../types/ip-net';
import { checkChain, setupChain, teardownChain } from './chain';
import { type PortMapConf, parsePortmapConf } from './config';
import {
  dnatChain,
  fillDnatRules,
  markMasqChain,
  oldSnatChain,
  setMarkChain,
  toplevelDnatChain,
} from './rules';

/** forwardPorts(). */
function* forwardPorts(call: Call, conf: PortMapConf, net: IpNet): Step {
  const opened = Iptables.open(call.proc, familyOf(net.address));
  if (!opened.ok) return fail(`failed to open iptables: ${opened.error.msg}`);
  const ipt = opened.value;
  if (conf.snat) {
    const masked = yield* setupMasquerade(call, ipt, conf, net);
    if (!masked.ok) return masked;
  }
  const top = yield* setupChain(ipt, toplevelDnatChain);
  if (!top.ok) return fail(`failed to create top-level DNAT chain: ${top.error.msg}`);
  const own = dnatChain(conf.name, call.containerId);
  const done = yield* setupChain(ipt, fillDnatRules(own, conf, call.containerId, net));
  return done.ok ? done : fail(`unable to setup DNAT: ${done.error.msg}`);
}

/** What is marked is masqueraded; 127/8 may leave by the container's interface. */
function* setupMasquerade(call: Call, ipt: Iptables, conf: PortMapConf, net: IpNet): Step {
  if (conf.externalSetMarkChain === undefined) {
    const mark = setMarkChain(conf.markMasqBit);
    for (const chain of [mark, markMasqChain(conf.markMasqBit)]) {
      const made = yield* setupChain(ipt, chain);
      if (!made.ok) return fail(`unable to create chain ${mark.name}: ${made.error.msg}`);
    }
  }
  if (!isV4(net.address)) return OK;
  const route = getRoute(call.host, { dst: net.address }, 4);
  const dev = route.ok ? route.value.dev : undefined;
  if (!dev) return OK;
  const set = setSysctl(call.host, `net/ipv4/conf/${dev.name}/route_localnet`, '1');
  return set.ok ? OK : fail(`unable to enable route_localnet: ${set.error}`);
}

/** maybeGetIptables(): undefined where the family cannot be used. */
function* usableIptables(call: Call, family: 4 | 6): Step<Iptables | undefined> {
  const opened = Iptables.open(call.proc, family);
  if (!opened.ok) return ok(undefined);
  const listed = yield* opened.value.list(['nat', 'OUTPUT']);
  return ok(listed.ok ? opened.value : undefined);
}

function* eachUsable(call: Call, act: (ipt: Iptables, family: 4 | 6) => Step): Step {
  let usable = 0;
  for (const family of [4, 6] as const) {
    const ipt = yield* usableIptables(call, family);
    if (!ipt.ok || !ipt.value) continue;
    usable++;
    const done = yield* act(ipt.value, family);
    if (!done.ok) return done;
  }
  return usable > 0 ? OK : fail('neither iptables nor ip6tables usable');
}

/** unforwardPorts(): both families, whatever the container had. */
function unforwardPorts(call: Call, conf: PortMapConf): Step {
  return eachUsable(call, function* (ipt, family) {
    const done = yield* teardownChain(ipt, dnatChain(conf.name, call.containerId));
    if (!done.ok) return fail(`could not teardown ipv${family} dnat: ${done.error.msg}`);
    yield* teardownChain(ipt, oldSnatChain(conf.name, call.containerId));
    return OK;
  });
}

function checkPorts(call: Call, conf: PortMapConf, net: IpNet): Step {
  const own = dnatChain(conf.name, call.containerId);
  const chain = fillDnatRules(own, conf, call.containerId, net);
  return eachUsable(call, function* (ipt, family) {
    if (call.release.modern && family !== familyOf(net.address)) return OK;
    const done = yield* checkChain(ipt, chain);
    return done.ok ? OK : fail(`could not check ipv${family} dnat: ${done.error.msg}`);
  });
}

/** ensureBackend() of v1.6: the nftables backend is not there. */
function* checkBackend(call: Call, conf: PortMapConf): Step {
  if (!call.release.modern || conf.backend === '' || conf.backend === 'iptables') return OK;
  if (conf.backend !== 'nftables') return fail(`unrecognized backend ${goQuote(conf.backend)}`);
  yield* printError(call.proc, 'hopwise: portmap: backend nftables is not simulated\n');
  return fail('backend nftables is not simulated');
}

function* add(call: Call): Step<string> {
  const conf = parsePortmapConf(call);
  if (!conf.ok) return fail(`failed to parse config: ${conf.error.msg}`);
  const backend = yield* checkBackend(call, conf.value);
  if (!backend.ok) return fail(`failed to parse config: ${backend.error.msg}`);
  const { before, mappings, containers, cniVersion } = conf.value;
  if (!before) return fail('must be called as chained plugin');
  for (const net of mappings.length === 0 ? [] : containers) {
    const done = yield* forwardPorts(call, conf.value, net);
    if (!done.ok) return done;
  }
  return print(call, before, cniVersion);
}

function* del(call: Call): Step {
  const conf = parsePortmapConf(call);
  if (!conf.ok) return fail(`failed to parse config: ${conf.error.msg}`);
  return conf.value.mappings.length === 0 ? OK : yield* unforwardPorts(call, conf.value);
}

function* check(call: Call): Step {
  const conf = parsePortmapConf(call);
  if (!conf.ok) return conf;
  if (!conf.value.before) return fail('Required prevResult missing');
  for (const net of conf.value.mappings.length === 0 ? [] : conf.value.containers) {
    const done = yield* checkPorts(call, conf.value, net);
    if (!done.ok) return done;
  }
  return OK;
}

/** plugins/meta/portmap: ports of the host that lead to the container. */
export const portmap: Plugin = { name: 'portmap', add, check, del };
