import { type Errno, strerror } from '../../linux/errno';

/** The functions of iptables/nft.c after which an errno has words of its own. */
export type NftFunction =
  | 'chain_del'
  | 'chain_user_add'
  | 'chain_user_rename'
  | 'chain_set'
  | 'rule_insert'
  | 'rule_append'
  | 'rule_check'
  | 'rule_replace'
  | 'rule_delete'
  | 'rule_delete_num'
  | 'rule_flush'
  | 'none';

/** A command that came to nothing: what nft_commit() leaves in errno. */
export interface NftFailure {
  readonly fn: NftFunction;
  /** `none`: nothing set it. */
  readonly errno: Errno | 'none';
}

const NO_RULE = 'Bad rule (does a matching rule exist in that chain?)';

const TABLE: readonly (readonly [
  fn: NftFunction | undefined,
  errno: NftFailure['errno'],
  text: string,
])[] = [
  ['chain_del', 'ENOTEMPTY', 'Chain is not empty'],
  ['chain_del', 'EBUSY', 'Directory not empty'],
  ['chain_user_add', 'EEXIST', 'Chain already exists'],
  ['chain_user_rename', 'EEXIST', 'File exists'],
  ['rule_insert', 'E2BIG', 'Index of insertion too big'],
  ['rule_check', 'ENOENT', NO_RULE],
  ['rule_replace', 'E2BIG', 'Index of replacement too big'],
  ['rule_delete_num', 'E2BIG', 'Index of deletion too big'],
  ['rule_delete', 'ENOENT', NO_RULE],
  ['chain_set', 'ENOENT', 'Bad built-in chain name'],
  ['chain_set', 'EINVAL', 'Bad policy name'],
  [undefined, 'none', 'Incompatible with this kernel'],
  [undefined, 'ENOENT', 'No chain/target/match by that name'],
];

/** nft_strerror(), iptables/nft.c. */
export function nftStrerror({ fn, errno }: NftFailure): string {
  const known = TABLE.find(([where, what]) => (!where || where === fn) && what === errno);
  return known?.[2] ?? (errno === 'none' ? '' : strerror(errno));
}
