import type { Program } from '../../linux/inode';
import { rev } from '../coreutils/lines';
import { dmesg } from './dmesg';
import { lsns } from './lsns';
import { nsenter } from './nsenter';
import { unshare } from './unshare';

/** What the package util-linux installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/dmesg', dmesg],
  ['/usr/bin/lsns', lsns],
  ['/usr/bin/rev', rev],
  ['/usr/bin/nsenter', nsenter],
  ['/usr/bin/unshare', unshare],
];
