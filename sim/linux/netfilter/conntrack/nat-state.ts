import type { NfHookOps } from '../hook';
import type { NfConn } from './conn';
import type { NfTuple } from './tuple';

/** struct nf_nat_hooks_net: the hooks of one family, and how many base chains they are there for. */
export interface NatHooks {
  users: number;
  readonly ops: readonly NfHookOps[];
}

/** What address translation keeps of a namespace: its hooks, and nf_nat_bysource. */
export class CtNat {
  readonly hooks = new Map<'ipv4' | 'ipv6', NatHooks>();
  /** Addresses that go are looked for: a MASQUERADE rule came once. */
  masqNotifiers = false;
  readonly #bySource = new Map<string, NfConn[]>();

  /** The connections from one source that were bound, the latest first. */
  fromSource(tuple: NfTuple, zone: number): readonly NfConn[] {
    return this.#bySource.get(sourceKey(tuple, zone)) ?? [];
  }

  addBySource(ct: NfConn): void {
    const key = sourceKey(ct.original, ct.zone.id);
    const list = this.#bySource.get(key);
    if (list) list.unshift(ct);
    else this.#bySource.set(key, [ct]);
  }

  removeBySource(ct: NfConn): void {
    const key = sourceKey(ct.original, ct.zone.id);
    const list = this.#bySource.get(key);
    const at = list?.indexOf(ct) ?? -1;
    if (!list || at < 0) return;
    list.splice(at, 1);
    if (list.length === 0) this.#bySource.delete(key);
  }
}

function sourceKey({ src, srcPort, proto }: NfTuple, zone: number): string {
  if (typeof src !== 'number') return `${src} ${srcPort} ${proto} ${zone}`;
  return String.fromCharCode(src >>> 16, src, srcPort, proto, zone);
}
