import type { Program } from '../../linux/inode';
import { jq } from './jq';

/** What Debian's jq installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/jq', jq],
];
