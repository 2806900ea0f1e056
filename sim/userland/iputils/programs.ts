import type { Program } from '../../linux/inode';
import { arping } from './arping';
import { ping } from './ping';
import { tracepath } from './tracepath';

/** What Debian's iputils-ping, iputils-arping and iputils-tracepath install. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/ping', ping],
  ['/usr/bin/ping4', ping],
  ['/usr/bin/ping6', ping],
  ['/usr/bin/arping', arping],
  ['/usr/bin/tracepath', tracepath],
  ['/usr/bin/tracepath6', tracepath],
];
