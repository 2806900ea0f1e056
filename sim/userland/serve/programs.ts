import type { Program } from '../../linux/inode';
import { serve } from './serve';

/** The small server that every host has. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/local/bin/serve', serve],
];
