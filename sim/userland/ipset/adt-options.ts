import { ok } from '../../base/result';
import type { IpSet } from '../../linux/netfilter/ipset/ip-set';
import type { IpSetExtensions } from '../../linux/netfilter/ipset/ip-set-type';
import { MAX_TIMEOUT } from './create-options';
import { parseNumber } from './number';
import { failure, misuse, type Parsed, syntax } from './problem';

type Draft = { -readonly [K in keyof IpSetExtensions]: IpSetExtensions[K] };

const U32_MAX = 0xffff_ffff;
/** IPSET_MAX_COMMENT_SIZE. */
const MAX_COMMENT = 255;

const ADD_OPTIONS: readonly string[] = [
  'timeout',
  'packets',
  'bytes',
  'comment',
  'skbmark',
  'skbprio',
  'skbqueue',
];

/** Which options `add`, `del` and `test` of the type take. */
function allowed(set: IpSet, command: 'add' | 'del' | 'test'): readonly string[] {
  const nets = set.type.dimensions.some((d) => d === 'net' || d === 'net2') ? ['nomatch'] : [];
  const list = set.type.kind === 'list' ? ['before', 'after'] : [];
  if (command === 'add') return [...ADD_OPTIONS, ...nets, ...list];
  return command === 'test' ? [...nets, ...list] : list;
}

/** The options after ENTRY. */
export function parseAdtOptions(
  set: IpSet,
  command: 'add' | 'del' | 'test',
  words: readonly string[],
): Parsed<IpSetExtensions> {
  const draft: Draft = {};
  for (let i = 0; i < words.length; i++) {
    const name = words[i] ?? '';
    if (!allowed(set, command).includes(name)) return misuse(`Unknown argument: \`${name}'`);
    if (name === 'nomatch') {
      draft.nomatch = true;
      continue;
    }
    const value = words[++i];
    if (value === undefined) return misuse(`Missing mandatory argument of option \`${name}'`);
    const problem = setOption(draft, name, value);
    if (!problem.ok) return problem;
  }
  return ok(draft);
}

function setOption(draft: Draft, name: string, value: string): Parsed<void> {
  switch (name) {
    case 'comment':
      if (value.includes('"')) return syntax('" character is not permitted in comments');
      if (value.length > MAX_COMMENT) {
        return syntax(`Comment is longer than the maximum allowed ${MAX_COMMENT} characters`);
      }
      draft.comment = value;
      return ok(undefined);
    case 'before':
    case 'after':
      draft.place = { where: name, set: value };
      return ok(undefined);
    case 'skbmark':
      return setMark(draft, value);
    case 'skbprio':
      return setPriority(draft, value);
    default: {
      const max = name === 'timeout' ? MAX_TIMEOUT : name === 'skbqueue' ? 65_535 : 2 ** 64;
      const number = parseNumber(value, 0, max);
      if (!number.ok) return number;
      if (name === 'timeout' || name === 'packets' || name === 'bytes' || name === 'skbqueue') {
        draft[name] = number.value;
      }
      return ok(undefined);
    }
  }
}

/** ipset_parse_skbmark(): hexadecimal, the mask all ones if none is given. */
function setMark(draft: Draft, value: string): Parsed<void> {
  const found = /^(?:0x)?([0-9a-f]{1,8})(?:\/(?:0x)?([0-9a-f]{1,8}))?$/i.exec(value);
  if (!found)
    return failure(`Invalid skbmark format, it should be:  MARK/MASK or MARK (see manpage)`);
  const [, mark = '0', mask] = found;
  draft.skbmark = {
    mark: Number.parseInt(mark, 16),
    mask: mask === undefined ? U32_MAX : Number.parseInt(mask, 16),
  };
  return ok(undefined);
}

/** ipset_parse_skbprio(). */
function setPriority(draft: Draft, value: string): Parsed<void> {
  const found = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(value);
  if (!found) return failure(`Invalid skbprio format, it should be:   MAJOR:MINOR (see manpage)`);
  const [, major = '0', minor = '0'] = found;
  draft.skbprio = Number.parseInt(major, 16) * 0x1_0000 + Number.parseInt(minor, 16);
  return ok(undefined);
}
