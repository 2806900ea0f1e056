import type { Program } from '../../linux/inode';
import { ethtool } from './ethtool';

/** What the package ethtool installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/ethtool', ethtool],
];
