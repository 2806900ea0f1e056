import type { Program } from '../../linux/inode';
import { edit } from './edit';

/** Of vim-tiny and nano: the names by which people ask for an editor. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/vi', edit],
  ['/usr/bin/vim', edit],
  ['/usr/bin/nano', edit],
  ['/usr/bin/editor', edit],
];
