import { err, type Result } from '../../base/result';
import type { IpSetError, IpSetType } from '../../linux/netfilter/ipset/ip-set-type';

/** enum ipset_exit_code with its text; `absent`: the engine does not do it. */
export interface Problem {
  readonly status: number;
  readonly text: string;
  readonly absent?: true;
}

export type Parsed<T> = Result<T, Problem>;

interface Failed {
  readonly ok: false;
  readonly error: Problem;
}

/** IPSET_PARAMETER_PROBLEM. */
export const misuse = (text: string): Failed => {
  const failed: Failed = { ok: false, error: { status: 2, text } };
  return failed;
};

/** ipset_err(), syntax_err(): what is wrong with an argument's text. */
export const failure = (text: string): Failed => ({ ok: false, error: { status: 1, text } });
export const syntax = (text: string): Failed => failure(`Syntax error: ${text}`);

export const notSimulated = (text: string): Failed => ({
  ok: false,
  error: { status: 2, text, absent: true },
});

const NO_SET = 'The set with the given name does not exist';

/** ipset_errcode(), lib/errcode.c. */
const TEXTS: Readonly<Record<IpSetError, string>> = {
  ENOENT: NO_SET,
  EEXIST: 'Set cannot be created: set with the same name already exists',
  FIND_TYPE: 'Kernel error received: set type not supported',
  MAX_SETS: 'Kernel error received: maximal number of sets reached, cannot create more.',
  BUSY: 'Set cannot be destroyed: it is in use by a kernel component',
  EXIST_SETNAME2: 'Set cannot be renamed: a set with the new name already exists',
  TYPE_MISMATCH: 'The sets cannot be swapped: their type does not match',
  EXIST: "Element cannot be added to the set: it's already added",
  NOT_ADDED: "Element cannot be deleted from the set: it's not added",
  INVALID_CIDR: 'The value of the CIDR parameter of the IP address is invalid',
  TIMEOUT: 'Timeout cannot be used: set was created without timeout support',
  REFERENCED: 'Set cannot be renamed: it is in use by another system',
  COUNTER: 'Packet/byte counters cannot be used: set was created without counter support',
  COMMENT: 'Comment cannot be used: set was created without comment support',
  SKBINFO: 'Skbinfo mapping cannot be used: set was created without skbinfo support',
  HASH_FULL: 'Hash is full, cannot add more elements',
  HASH_ELEM: 'Null-valued element, cannot be stored in a hash type of set',
  BITMAP_RANGE: 'Element is out of the range of the set',
  BITMAP_RANGE_SIZE: 'The range you specified exceeds the size limit of the set type',
  NAME: 'Set to be added/deleted/tested as element does not exist.',
  LOOP: 'Sets with list:set type cannot be added to the set.',
  NAMEREF: 'No reference set specified.',
  LIST_FULL: 'The set is full, more elements cannot be added.',
  REF_EXIST: 'The set to which you referred as before/after an element does not exist in the list.',
};

/** What the tool says of a refusal by the kernel. */
export const kernelProblem = (error: IpSetError): { readonly ok: false; readonly error: Problem } =>
  err({ status: 1, text: TEXTS[error] });

/** IPSET_ERR_EXIST_SETNAME2 of a swap. */
export const NO_SECOND_SET = 'Sets cannot be swapped: the second set does not exist';

/** How many separators of elements the type has, in words. */
export const separatorWord = (type: IpSetType): string =>
  ['none', 'one', 'two'][type.dimensions.length - 1] ?? 'more';
