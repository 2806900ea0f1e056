import type { Program } from '../../linux/inode';
import { arping } from './arping';
import { ping } from './ping';

export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/ping', ping],
  ['/usr/bin/ping4', ping],
  ['/usr/bin/ping6', ping],
  ['/usr/bin/arping', arping],
];
