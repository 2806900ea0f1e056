import type { Program } from '../../linux/inode';
import { column } from './column';
import { hexdump, xxd } from './dump';

/** What Debian's bsdextrautils and xxd install. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/column', column],
  ['/usr/bin/hd', hexdump],
  ['/usr/bin/hexdump', hexdump],
  ['/usr/bin/xxd', xxd],
];
