import { packageService } from '../cli/package-service';
import { debianPrograms } from '../userland/debian';
import { ON_DEMAND } from '../userland/on-demand';
import type { ProgramTable } from '../userland/package';

const loaded = await Promise.all(Object.keys(ON_DEMAND).map(packageService));

/** Debian's programs with all code at hand, for tests that run without a driver. */
export const allPrograms: ProgramTable = [
  ...debianPrograms,
  ...loaded.flatMap((one) => one?.table ?? []),
];
