import type { Program } from '../../linux/inode';
import { nft } from './nft';

/** What the package nftables installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/nft', nft],
];
