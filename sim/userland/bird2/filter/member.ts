import { networkOf } from '../../../wire/ip';
import { changeList } from './attributes';
import { type FilterValue, pathLength } from './value';

const int = (value: number): FilterValue => ({ type: 'int', value: value >>> 0 });

/** `.len`, `.first`, `.mask(n)`, …; undefined where the type has no such member. */
export function memberOf(
  of: FilterValue,
  name: string,
  args: readonly FilterValue[],
): FilterValue | undefined {
  const [arg] = args;
  if (['prepend', 'add', 'delete', 'filter'].includes(name)) {
    return arg && changeList(of, name.toUpperCase(), arg);
  }
  if (of.type === 'prefix') {
    if (name === 'len') return int(of.value.prefixLen);
    if (name === 'ip') return { type: 'ip', value: of.value.address };
    if (name === 'type') {
      return { type: 'enum', value: typeof of.value.address === 'number' ? 'NET_IP4' : 'NET_IP6' };
    }
  }
  if (of.type === 'ip' && name === 'mask' && arg?.type === 'int') {
    return { type: 'ip', value: networkOf(of.value, arg.value) };
  }
  if (of.type === 'ip' && name === 'is_v4') {
    return { type: 'bool', value: typeof of.value === 'number' };
  }
  if (of.type === 'path') {
    const all = of.value.flatMap((s) => s.as);
    if (name === 'len') return int(pathLength(of.value));
    if (name === 'first') return int(all[0] ?? 0);
    if (name === 'last') return int(all[all.length - 1] ?? 0);
  }
  if ((of.type === 'clist' || of.type === 'lclist') && name === 'len') return int(of.value.length);
  if (of.type === 'pair' && name === 'asn') return int(of.value >>> 16);
  if (of.type === 'pair' && name === 'data') return int(of.value & 0xffff);
  if (of.type === 'lc') {
    const at = ['asn', 'data1', 'data2'].indexOf(name);
    if (at >= 0) return int(of.value[at] ?? 0);
  }
  return undefined;
}
