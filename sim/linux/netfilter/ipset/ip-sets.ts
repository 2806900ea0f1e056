import { err, ok, type Result } from '../../../base/result';
import type { Netns } from '../../netns';
import { IpSet } from './ip-set';
import {
  IP_SET_TYPES,
  type IpSetElement,
  type IpSetError,
  type IpSetExtensions,
  type IpSetOptions,
} from './ip-set-type';

/** IPSET_MAX_NETMASK of a namespace: CONFIG_IP_SET_MAX. */
const MAX_SETS = 256;
/** IPSET_BITMAP_MAX_RANGE. */
const BITMAP_MAX_RANGE = 0xffff;

/** struct ip_set_net: the sets of one namespace, each in the first place that was free. */
export class IpSets {
  readonly #sets: (IpSet | undefined)[] = [];

  get(name: string): IpSet | undefined {
    return this.#sets.find((set) => set?.name === name);
  }

  /** In the order of ip_set_dump(): lists after the sets that they name. */
  all(): readonly IpSet[] {
    const sets = this.#sets.filter((set) => set !== undefined);
    const isList = (set: IpSet): boolean => set.type.kind === 'list';
    return [...sets.filter((set) => !isList(set)), ...sets.filter(isList)];
  }

  /** ip_set_create(). */
  create(
    name: string,
    typeName: string,
    options: IpSetOptions,
    exist: boolean,
  ): Result<void, IpSetError> {
    const type = IP_SET_TYPES.find((one) => one.name === typeName);
    if (!type) return err('FIND_TYPE');
    const { range } = options;
    const width = options.netmask === undefined ? 1 : 2 ** (32 - options.netmask);
    if (range && (range.max - range.min + 1) / width > BITMAP_MAX_RANGE + 1) {
      return err('BITMAP_RANGE_SIZE');
    }
    const known = this.get(name);
    if (known) return exist && known.type === type ? ok(undefined) : err('EEXIST');
    const free = this.#sets.indexOf(undefined);
    const index = free < 0 ? this.#sets.length : free;
    if (index >= MAX_SETS) return err('MAX_SETS');
    this.#sets[index] = new IpSet(name, type, options);
    return ok(undefined);
  }

  /** ip_set_destroy(): one, or all of them or none. */
  destroy(name: string | undefined): Result<void, IpSetError> {
    const doomed = name === undefined ? this.all() : [this.get(name)];
    for (const set of doomed) {
      if (!set) return err('ENOENT');
      if (set.references > 0) return err('BUSY');
    }
    for (const set of doomed) if (set) this.#drop(set);
    return ok(undefined);
  }

  flush(name: string | undefined): Result<void, IpSetError> {
    const sets = name === undefined ? this.all() : [this.get(name)];
    for (const set of sets) {
      if (!set) return err('ENOENT');
      this.#releaseMembers(set);
      set.flush();
    }
    return ok(undefined);
  }

  rename(from: string, to: string): Result<void, IpSetError> {
    const set = this.get(from);
    if (!set) return err('ENOENT');
    if (set.references > 0) return err('REFERENCED');
    if (this.get(to)) return err('EXIST_SETNAME2');
    set.name = to;
    return ok(undefined);
  }

  /** ip_set_swap(): who named one set means the other one's elements from then on. */
  swap(from: string, to: string): Result<void, IpSetError> {
    const a = this.#sets.findIndex((set) => set?.name === from);
    const b = this.#sets.findIndex((set) => set?.name === to);
    const [first, second] = [this.#sets[a], this.#sets[b]];
    if (!first) return err('ENOENT');
    if (!second) return err('EXIST_SETNAME2');
    if (first.type !== second.type || first.options.family !== second.options.family) {
      return err('TYPE_MISMATCH');
    }
    [first.name, second.name] = [to, from];
    [first.references, second.references] = [second.references, first.references];
    this.#sets[a] = second;
    this.#sets[b] = first;
    return ok(undefined);
  }

  /** IPSET_CMD_ADD of one element; a list's member is held while it is there. */
  add(
    set: IpSet,
    element: IpSetElement,
    ext: IpSetExtensions,
    at: { readonly nowUs: number; readonly exist: boolean },
  ): Result<void, IpSetError> {
    const member = element.set === undefined ? undefined : this.get(element.set);
    if (set.type.kind === 'list') {
      if (!member) return err('NAME');
      if (member.type.kind === 'list') return err('LOOP');
      const { place } = ext;
      if (place && !set.find({ set: place.set }, at.nowUs)) {
        return err(this.get(place.set) ? 'REF_EXIST' : 'NAMEREF');
      }
    }
    const known = set.find(element, at.nowUs) !== undefined;
    const added = set.add(element, ext, at);
    if (added.ok && member && !known) member.references++;
    return added;
  }

  del(set: IpSet, element: IpSetElement, nowUs: number): Result<void, IpSetError> {
    const member = element.set === undefined ? undefined : this.get(element.set);
    if (set.type.kind === 'list' && !member) return err('NAME');
    const deleted = set.del(element, nowUs);
    if (deleted.ok && member) member.references--;
    return deleted;
  }

  #drop(set: IpSet): void {
    this.#releaseMembers(set);
    this.#sets[this.#sets.indexOf(set)] = undefined;
  }

  #releaseMembers(set: IpSet): void {
    for (const { element } of set.entries(0)) {
      const member = element.set === undefined ? undefined : this.get(element.set);
      if (member) member.references--;
    }
  }
}

const namespaces = new WeakMap<Netns, IpSets>();

/** ip_set_pernet(). */
export function ipSets(net: Netns): IpSets {
  const known = namespaces.get(net);
  if (known) return known;
  const made = new IpSets();
  namespaces.set(net, made);
  return made;
}
