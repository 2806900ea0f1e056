import type { Program } from '../../linux/inode';
import { curl } from './curl';

/** What Debian's curl installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/curl', curl],
];
