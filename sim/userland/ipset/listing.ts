import type { IpSet } from '../../linux/netfilter/ipset/ip-set';
import { formatIp } from '../../wire/ip';
import { entryText } from './element-text';

export interface ListStyle {
  readonly mode: 'plain' | 'save';
  readonly sorted: boolean;
  readonly terse: boolean;
}

/** What `create` would be told: the header of a list. */
export function headerText({ options, type }: IpSet): string {
  const { family, hashsize, maxelem, netmask, range, size, timeout } = options;
  const words: string[] = [];
  if (type.kind === 'hash') {
    words.push(`family ${family === 6 ? 'inet6' : 'inet'} hashsize ${hashsize} maxelem ${maxelem}`);
  }
  if (range) words.push(`range ${rangeText(type.name, range)}`);
  if (size !== undefined) words.push(`size ${size}`);
  if (netmask !== undefined) words.push(`netmask ${netmask}`);
  if (timeout !== undefined) words.push(`timeout ${timeout}`);
  if (options.counters) words.push('counters');
  if (options.comment) words.push('comment');
  if (options.skbinfo) words.push('skbinfo');
  if (type.kind === 'hash') {
    const initval = options.initval.toString(16).padStart(8, '0');
    words.push(`bucketsize ${options.bucketsize} initval 0x${initval}`);
  }
  return words.join(' ');
}

const rangeText = (type: string, { min, max }: { min: number; max: number }): string =>
  type === 'bitmap:port' ? `${min}-${max}` : `${formatIp(min)}-${formatIp(max)}`;

/** ipset_session_report() of one set. */
export function setText(set: IpSet, style: ListStyle, nowUs: number): string {
  const entries = set.entries(nowUs);
  const members = entries.map((entry) => entryText(set, entry, nowUs));
  if (style.sorted && set.type.kind === 'hash') members.sort(byText);
  if (style.mode === 'save') {
    const lines = members.map((member) => `add ${set.name} ${member}\n`);
    const create = `create ${set.name} ${set.type.name} ${headerText(set)}\n`;
    return create + (style.terse ? '' : lines.join(''));
  }
  return (
    `Name: ${set.name}\nType: ${set.type.name}\nRevision: ${set.type.revision}\n` +
    `Header: ${headerText(set)}\nSize in memory: ${memorySize(set, entries.length)}\n` +
    `References: ${set.references}\nNumber of entries: ${entries.length}\n` +
    (style.terse ? '' : ['Members:', ...members].map((line) => `${line}\n`).join(''))
  );
}

/** `-sorted` compares numbers in addresses as numbers. */
function byText(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** htable_size(), bitmap: the struct of an empty set and its elements. */
function memorySize({ options, type }: IpSet, count: number): number {
  if (type.kind === 'hash') return 216 + count * 40;
  if (type.kind === 'list') return 88 + count * 40;
  const { range } = options;
  const bits = range ? range.max - range.min + 1 : 0;
  return 72 + Math.ceil(bits / 64) * 8;
}
