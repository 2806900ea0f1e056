import { OK, ok, type Result } from '../../base/result';
import { familyOf } from '../../wire/ip';
import { type Fields, unmarshal } from '../gojson/fields';
import type { Step } from '../invoke';
import { Iptables } from '../pkg/iptables';
import { print } from '../pkg/print';
import type { Call, Plugin } from '../skel';
import { type CniError, fail, goQuote } from '../types/error';
import type { IpNet } from '../types/ip-net';
import { type NetConf, parsePrevResult, readNetConf } from '../types/net-conf';
import type { CniResult } from '../types/result';
import { setupIsolationChains } from './ingress-policy';
import { addRules, checkRules, delRules } from './rules';

const DEFAULT_ADMIN_CHAIN = 'CNI-ADMIN';
const FAMILIES = [4, 6] as const;

interface FirewallConf extends NetConf {
  readonly backend: string;
  readonly adminChain: string;
  readonly ingressPolicy: string;
  readonly before: CniResult | undefined;
}

const readConf = (f: Fields) => ({
  ...readNetConf(f),
  backend: f.string('backend'),
  adminChain: f.string('iptablesAdminChainName') || DEFAULT_ADMIN_CHAIN,
  ingressPolicy: f.string('ingressPolicy'),
});

/** parseConf() of plugins/meta/firewall. */
function loadConf(call: Call): Result<FirewallConf, CniError> {
  const read = unmarshal(call.stdin, 'main.FirewallNetConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const before = parsePrevResult(read.value, call.release);
  if (!before.ok) return fail(`could not parse prevResult: ${before.error}`);
  return ok({ ...read.value, before: before.value });
}

type Rules = (ipt: Iptables, nets: readonly IpNet[]) => Step;

/** The iptables backend, for the addresses of each family; firewalld does not run here. */
function* eachFamily(call: Call, conf: FirewallConf, act: Rules): Step {
  if (conf.backend === 'firewalld') return fail('no D-Bus system bus found');
  for (const family of FAMILIES) {
    const opened = Iptables.open(call.proc, family);
    if (!opened.ok) {
      return fail(`could not initialize iptables protocol ${family}: ${opened.error.msg}`);
    }
    const nets = netsOf(conf).filter((net) => familyOf(net.address) === family);
    const done = yield* act(opened.value, nets);
    if (!done.ok) return done;
  }
  return OK;
}

const netsOf = (conf: FirewallConf): readonly IpNet[] =>
  (conf.before?.ips ?? []).map((ip) => ip.address);

/** setupIngressPolicy(). */
function* setupIngressPolicy(call: Call, conf: FirewallConf): Step {
  const policy = goQuote(conf.ingressPolicy);
  if (conf.ingressPolicy === '' || conf.ingressPolicy === 'open') return OK;
  if (conf.ingressPolicy !== 'same-bridge') return fail(`unknown ingress policy: ${policy}`);
  const [first] = conf.before?.interfaces ?? [];
  if (!first) {
    const hint = 'make sure to chain "firewall" plugin with "bridge"';
    return fail(`interface needs to be set for ingress policy ${policy}, ${hint}`);
  }
  if (first.name === '') return fail('got empty bridge name');
  for (const { address } of netsOf(conf)) {
    const ipt = Iptables.open(call.proc, familyOf(address));
    if (!ipt.ok) return ipt;
    const done = yield* setupIsolationChains(ipt.value, first.name);
    if (!done.ok) return done;
  }
  return OK;
}

function* add(call: Call): Step<string> {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const { before, adminChain, cniVersion } = conf.value;
  if (!before) return fail('missing prevResult from earlier plugin');
  const added = yield* eachFamily(call, conf.value, (ipt, nets) => addRules(ipt, adminChain, nets));
  if (!added.ok) return added;
  const policy = yield* setupIngressPolicy(call, conf.value);
  return policy.ok ? print(call, before, cniVersion) : policy;
}

function* del(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const done = yield* eachFamily(call, conf.value, delRules);
  if (!done.ok || ['', 'open', 'same-bridge'].includes(conf.value.ingressPolicy)) return done;
  return fail(`unknown ingress policy: ${goQuote(conf.value.ingressPolicy)}`);
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const { before, adminChain } = conf.value;
  if (!before) return fail('missing prevResult from earlier plugin');
  return yield* eachFamily(call, conf.value, (ipt, nets) => checkRules(ipt, adminChain, nets));
}

/** plugins/meta/firewall with its iptables backend. */
export const firewall: Plugin = { name: 'firewall', since: '0.4.0', add, check, del };
