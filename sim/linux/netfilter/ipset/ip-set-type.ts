import type { Ip, Mac } from '../../../wire/frame';
import type { Family } from '../../../wire/ip';

/** One part of an element: what ip_set_type.features tells of each dimension. */
export type IpSetDimension = 'ip' | 'net' | 'port' | 'iface' | 'mac' | 'ip2' | 'net2' | 'set';

/** struct ip_set_type: the types that the kernel has. */
export interface IpSetType {
  readonly name: string;
  readonly kind: 'hash' | 'bitmap' | 'list';
  readonly revision: number;
  readonly dimensions: readonly IpSetDimension[];
  readonly families: readonly Family[];
}

const hash = (
  name: string,
  revision: number,
  dimensions: readonly IpSetDimension[],
): IpSetType => ({ name, kind: 'hash', revision, dimensions, families: [4, 6] });

const bitmap = (name: string, dimensions: readonly IpSetDimension[]): IpSetType => ({
  name,
  kind: 'bitmap',
  revision: 3,
  dimensions,
  families: [4],
});

/** net/netfilter/ipset/ip_set_*.c: what is built here with the newest revision. */
export const IP_SET_TYPES: readonly IpSetType[] = [
  hash('hash:ip', 6, ['ip']),
  hash('hash:net', 7, ['net']),
  hash('hash:ip,port', 7, ['ip', 'port']),
  hash('hash:net,port', 8, ['net', 'port']),
  hash('hash:ip,port,ip', 6, ['ip', 'port', 'ip2']),
  hash('hash:ip,port,net', 8, ['ip', 'port', 'net2']),
  hash('hash:net,iface', 8, ['net', 'iface']),
  bitmap('bitmap:ip', ['ip']),
  bitmap('bitmap:port', ['port']),
  bitmap('bitmap:ip,mac', ['ip', 'mac']),
  { name: 'list:set', kind: 'list', revision: 3, dimensions: ['set'], families: [4, 6] },
];

/** What `ipset create` told. */
export interface IpSetOptions {
  /** Of hash types; undefined: NFPROTO_UNSPEC. */
  readonly family: Family | undefined;
  readonly hashsize: number;
  readonly maxelem: number;
  readonly bucketsize: number;
  readonly initval: number;
  readonly netmask: number | undefined;
  /** Of bitmap types: addresses or ports. */
  readonly range: { readonly min: number; readonly max: number } | undefined;
  /** Of list:set. */
  readonly size: number | undefined;
  /** Seconds that an element stays; 0 for ever. Undefined: without timeouts. */
  readonly timeout: number | undefined;
  readonly counters: boolean;
  readonly comment: boolean;
  readonly skbinfo: boolean;
  readonly forceadd: boolean;
}

/** The data of one element: hash_*_elem. */
export interface IpSetElement {
  readonly ip?: Ip | undefined;
  readonly prefixLen?: number | undefined;
  readonly proto?: number | undefined;
  readonly port?: number | undefined;
  readonly ip2?: Ip | undefined;
  readonly prefixLen2?: number | undefined;
  readonly mac?: Mac | undefined;
  readonly iface?: string | undefined;
  readonly physdev?: boolean | undefined;
  readonly set?: string | undefined;
}

/** struct ip_set_ext: what may stand beside an element. */
export interface IpSetExtensions {
  readonly timeout?: number | undefined;
  readonly packets?: number | undefined;
  readonly bytes?: number | undefined;
  readonly comment?: string | undefined;
  readonly skbmark?: { readonly mark: number; readonly mask: number } | undefined;
  readonly skbprio?: number | undefined;
  readonly skbqueue?: number | undefined;
  readonly nomatch?: boolean | undefined;
  /** Of list:set: beside which member. */
  readonly place?: { readonly where: 'before' | 'after'; readonly set: string } | undefined;
}

/** IPSET_ERR_* of include/uapi/linux/netfilter/ipset, without their prefix; ENOENT is a set unknown. */
export type IpSetError =
  | 'ENOENT'
  | 'EEXIST'
  | 'FIND_TYPE'
  | 'MAX_SETS'
  | 'BUSY'
  | 'EXIST_SETNAME2'
  | 'TYPE_MISMATCH'
  | 'EXIST'
  | 'NOT_ADDED'
  | 'INVALID_CIDR'
  | 'TIMEOUT'
  | 'REFERENCED'
  | 'COUNTER'
  | 'COMMENT'
  | 'SKBINFO'
  | 'HASH_FULL'
  | 'HASH_ELEM'
  | 'BITMAP_RANGE'
  | 'BITMAP_RANGE_SIZE'
  | 'NAME'
  | 'LOOP'
  | 'NAMEREF'
  | 'LIST_FULL'
  | 'REF_EXIST';
