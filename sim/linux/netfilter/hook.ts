import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Skb } from '../sk-buff';
import type { TraceRule } from '../trace';

/** enum nf_inet_hooks. */
export type NfHook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
/** NFPROTO_IPV4, NFPROTO_IPV6, NFPROTO_BRIDGE. */
export type NfFamily = 'ipv4' | 'ipv6' | 'bridge';

/** NF_DROP with what the trace shows of it: the rule that decided, and the rule in words. */
export interface NfDrop {
  readonly kind: 'drop';
  readonly rule?: TraceRule | undefined;
  readonly detail?: string | undefined;
}

/** NF_*; a stolen packet is the hook's own, which calls `okfn` later or never. */
export type NfVerdict = 'accept' | 'drop' | 'stolen' | NfDrop;

/** struct nf_hook_state. */
export interface NfHookState {
  readonly net: Netns;
  readonly hook: NfHook;
  readonly family: NfFamily;
  readonly in: NetDevice | undefined;
  readonly out: NetDevice | undefined;
  readonly okfn: (skb: Skb) => void;
}

export interface NfHookOps {
  readonly name: string;
  readonly family: NfFamily;
  readonly hook: NfHook;
  readonly priority: number;
  readonly fn: (skb: Skb, state: NfHookState) => NfVerdict;
}

/** NF_IP_PRI_* of include/uapi/linux/netfilter_ipv4.h. */
export const NF_IP_PRI_CONNTRACK_DEFRAG = -400;
export const NF_IP_PRI_RAW = -300;
export const NF_IP_PRI_CONNTRACK = -200;
export const NF_IP_PRI_MANGLE = -150;
export const NF_IP_PRI_NAT_DST = -100;
export const NF_IP_PRI_FILTER = 0;
export const NF_IP_PRI_SECURITY = 50;
export const NF_IP_PRI_NAT_SRC = 100;
export const NF_IP_PRI_CONNTRACK_HELPER = 300;
export const NF_IP_PRI_CONNTRACK_CONFIRM = 2_147_483_647;

const FAMILIES: Readonly<Record<NfFamily, number>> = { ipv4: 0, ipv6: 5, bridge: 10 };
const HOOKS: Readonly<Record<NfHook, number>> = {
  PREROUTING: 0,
  INPUT: 1,
  FORWARD: 2,
  OUTPUT: 3,
  POSTROUTING: 4,
};

/** The registered hooks of one namespace, by family and hook, in order of priority. */
export class NfHooks {
  /** Made when the first function registers: most namespaces have none. */
  #entries: NfHookOps[][] | undefined;
  #count = 0;

  /** No function is registered anywhere: packets pass without looking further. */
  get empty(): boolean {
    return this.#count === 0;
  }

  /** nf_register_net_hook(): equal priorities keep the order of registration. */
  register(ops: NfHookOps): void {
    this.#entries ??= Array.from({ length: 15 }, () => []);
    const list = this.#entries[FAMILIES[ops.family] + HOOKS[ops.hook]] ?? [];
    const at = list.findIndex((other) => other.priority > ops.priority);
    list.splice(at < 0 ? list.length : at, 0, ops);
    this.#count++;
  }

  unregister(ops: NfHookOps): void {
    const list = this.#entries?.[FAMILIES[ops.family] + HOOKS[ops.hook]];
    const at = list?.indexOf(ops) ?? -1;
    if (!list || at < 0) return;
    list.splice(at, 1);
    this.#count--;
  }

  at(family: NfFamily, hook: NfHook): readonly NfHookOps[] {
    return this.#entries?.[FAMILIES[family] + HOOKS[hook]] ?? NO_HOOKS;
  }
}

const NO_HOOKS: readonly NfHookOps[] = [];
