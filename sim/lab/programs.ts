import { cniPrograms } from '../cni/programs';
import type { Program } from '../linux/inode';
import { debianPrograms } from '../userland/debian';

/** Everything that is installed on a machine: Debian's packages, and what stands on them. */
export const machinePrograms: readonly (readonly [path: string, program: Program])[] = [
  ...debianPrograms,
  ...cniPrograms,
];
