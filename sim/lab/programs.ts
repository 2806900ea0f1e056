import { cniOnDemand } from '../cni/on-demand';
import { debianPrograms } from '../userland/debian';
import type { ProgramTable } from '../userland/package';

/** Everything that is installed on a machine: Debian's packages, and what stands on them. */
export const machinePrograms: ProgramTable = [...debianPrograms, ...cniOnDemand];
