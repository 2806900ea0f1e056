import { err, ok, type Result } from '../../../base/result';
import type { Ip } from '../../../wire/frame';
import { addressBits, familyOf, networkOf } from '../../../wire/ip';
import type {
  IpSetElement,
  IpSetError,
  IpSetExtensions,
  IpSetOptions,
  IpSetType,
} from './ip-set-type';

/** An element that is in the set. */
export interface IpSetEntry {
  readonly element: IpSetElement;
  /** Virtual time at which it is gone; undefined: never. */
  readonly expiresUs: number | undefined;
  packets: number;
  bytes: number;
  readonly comment: string;
  readonly skbmark: { readonly mark: number; readonly mask: number } | undefined;
  readonly skbprio: number;
  readonly skbqueue: number;
  readonly nomatch: boolean;
}

const SECOND_US = 1_000_000;

/** struct ip_set. */
export class IpSet {
  readonly #entries = new Map<string, IpSetEntry>();
  /** Prefix lengths in use, with how often: net_prefixes of struct htype. */
  readonly #prefixes = new Map<number, number>();
  /** Rules and lists that name it. */
  references = 0;

  constructor(
    public name: string,
    readonly type: IpSetType,
    readonly options: IpSetOptions,
  ) {}

  /** The entries of this instant; a bitmap's in order. */
  entries(nowUs: number): readonly IpSetEntry[] {
    this.#expire(nowUs);
    const all = [...this.#entries.values()];
    if (this.type.kind !== 'bitmap') return all;
    return all.sort((a, b) => position(a.element) - position(b.element));
  }

  /** uadt of IPSET_ADD for one element. */
  add(
    element: IpSetElement,
    ext: IpSetExtensions,
    at: { readonly nowUs: number; readonly exist: boolean },
  ): Result<void, IpSetError> {
    const { options, type } = this;
    const refused = this.#refusal(element, ext);
    if (refused) return err(refused);
    const stored = this.#stored(element);
    const key = keyOf(stored);
    this.#expire(at.nowUs);
    const known = this.#entries.has(key);
    if (known && !at.exist) return err('EXIST');
    if (type.kind === 'hash' && !known && this.#entries.size >= options.maxelem) {
      if (!options.forceadd) return err('HASH_FULL');
      const [first] = this.#entries.keys();
      if (first !== undefined) this.#remove(first);
    }
    if (!known) this.#countPrefix(stored, 1);
    this.#entries.set(key, this.#entry(stored, ext, at.nowUs));
    if (ext.place) this.#move(key, ext.place);
    return ok(undefined);
  }

  del(element: IpSetElement, nowUs: number): Result<void, IpSetError> {
    const refused = this.#refusal(element, {});
    if (refused) return err(refused);
    const key = keyOf(this.#stored(element));
    this.#expire(nowUs);
    if (!this.#entries.has(key)) return err('NOT_ADDED');
    this.#remove(key);
    return ok(undefined);
  }

  /** mtype_test(): a network that holds the address, the longest first. */
  find(element: IpSetElement, nowUs: number): IpSetEntry | undefined {
    this.#expire(nowUs);
    const exact = this.#entries.get(keyOf(this.#stored(element)));
    if (exact || !this.#hasNets) return exact;
    const ip = this.type.dimensions.includes('net') ? element.ip : element.ip2;
    if (ip === undefined) return undefined;
    const bits = addressBits(familyOf(ip));
    const given = this.type.dimensions.includes('net') ? element.prefixLen : element.prefixLen2;
    if ((given ?? bits) !== bits) return undefined;
    for (const prefixLen of [...this.#prefixes.keys()].sort((a, b) => b - a)) {
      const found = this.#entries.get(keyOf(this.#within(element, ip, prefixLen)));
      if (found) return found;
    }
    return undefined;
  }

  flush(): void {
    this.#entries.clear();
    this.#prefixes.clear();
  }

  get #hasNets(): boolean {
    return this.type.dimensions.some((dimension) => dimension === 'net' || dimension === 'net2');
  }

  #within(element: IpSetElement, ip: Ip, prefixLen: number): IpSetElement {
    const network = networkOf(ip, prefixLen);
    return this.type.dimensions.includes('net')
      ? { ...element, ip: network, prefixLen }
      : { ...element, ip2: network, prefixLen2: prefixLen };
  }

  /** Why the kernel does not take the element at all. */
  #refusal(element: IpSetElement, ext: IpSetExtensions): IpSetError | undefined {
    const { options, type } = this;
    if (ext.timeout !== undefined && options.timeout === undefined) return 'TIMEOUT';
    if ((ext.packets ?? ext.bytes) !== undefined && !options.counters) return 'COUNTER';
    if (ext.comment !== undefined && !options.comment) return 'COMMENT';
    const skb = ext.skbmark ?? ext.skbprio ?? ext.skbqueue;
    if (skb !== undefined && !options.skbinfo) return 'SKBINFO';
    const { range } = options;
    if (type.kind === 'bitmap' && range) {
      const at = position(element);
      return at < range.min || at > range.max ? 'BITMAP_RANGE' : undefined;
    }
    if (type.kind !== 'hash') return undefined;
    const [first] = type.dimensions;
    if (first === 'ip' && isNull(this.#stored(element).ip)) return 'HASH_ELEM';
    if (first === 'net' && element.prefixLen === 0 && type.name !== 'hash:net,iface') {
      return 'INVALID_CIDR';
    }
    return type.dimensions.includes('net2') && element.prefixLen2 === 0
      ? 'INVALID_CIDR'
      : undefined;
  }

  /** What is kept of an element: networks without host bits, netmask applied. */
  #stored(element: IpSetElement): IpSetElement {
    const { ip, ip2, prefixLen, prefixLen2 } = element;
    const { netmask } = this.options;
    const length = netmask ?? prefixLen;
    const bitmapPort = this.type.name === 'bitmap:port';
    return {
      ...element,
      ip: ip === undefined || length === undefined ? ip : networkOf(ip, length),
      ip2: ip2 === undefined || prefixLen2 === undefined ? ip2 : networkOf(ip2, prefixLen2),
      proto: bitmapPort ? undefined : element.proto,
      mac: this.type.name === 'bitmap:ip,mac' ? element.mac : undefined,
    };
  }

  #entry(element: IpSetElement, ext: IpSetExtensions, nowUs: number): IpSetEntry {
    const timeout = ext.timeout ?? this.options.timeout ?? 0;
    return {
      element,
      expiresUs: timeout === 0 ? undefined : nowUs + timeout * SECOND_US,
      packets: ext.packets ?? 0,
      bytes: ext.bytes ?? 0,
      comment: ext.comment ?? '',
      skbmark: ext.skbmark,
      skbprio: ext.skbprio ?? 0,
      skbqueue: ext.skbqueue ?? 0,
      nomatch: ext.nomatch ?? false,
    };
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#countPrefix(entry.element, -1);
  }

  #countPrefix(element: IpSetElement, change: number): void {
    if (!this.#hasNets) return;
    const first = this.type.dimensions.includes('net');
    const prefixLen = first ? element.prefixLen : element.prefixLen2;
    if (prefixLen === undefined) return;
    const count = (this.#prefixes.get(prefixLen) ?? 0) + change;
    if (count > 0) this.#prefixes.set(prefixLen, count);
    else this.#prefixes.delete(prefixLen);
  }

  /** list:set keeps its members in order. */
  #move(key: string, place: NonNullable<IpSetExtensions['place']>): void {
    const moved = this.#entries.get(key);
    if (!moved) return;
    this.#entries.delete(key);
    const others = [...this.#entries];
    const beside = others.findIndex(([, { element }]) => element.set === place.set);
    const at = beside < 0 ? others.length : beside + (place.where === 'after' ? 1 : 0);
    others.splice(at, 0, [key, moved]);
    this.#entries.clear();
    for (const [k, entry] of others) this.#entries.set(k, entry);
  }

  /** The garbage collector's work, done when somebody looks. */
  #expire(nowUs: number): void {
    if (this.options.timeout === undefined) return;
    for (const [key, { expiresUs }] of this.#entries) {
      if (expiresUs !== undefined && expiresUs <= nowUs) this.#remove(key);
    }
  }
}

/** ip_set_timeout_get(): seconds left, at least one; 0 stays for ever. */
export function timeoutLeft({ expiresUs }: IpSetEntry, nowUs: number): number {
  if (expiresUs === undefined) return 0;
  return Math.max(1, Math.floor((expiresUs - nowUs - 1) / SECOND_US));
}

const isNull = (ip: Ip | undefined): boolean => ip === 0 || ip === 0n;

/** Where a bitmap has the element. */
const position = ({ ip, port }: IpSetElement): number =>
  typeof ip === 'number' ? ip : (port ?? 0);

/** An element's place in the hash; a bitmap knows its MAC beside the address, not in it. */
function keyOf(element: IpSetElement): string {
  const { ip, ip2, iface, physdev, port, prefixLen, prefixLen2, proto, set } = element;
  return [ip, prefixLen, proto, port, ip2, prefixLen2, iface, physdev, set].join(' ');
}
