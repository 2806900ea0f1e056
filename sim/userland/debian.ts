import type { Program } from '../linux/inode';

/** Everything that is installed on a machine: path and program, package by package. */
export const debianPrograms: readonly (readonly [path: string, program: Program])[] = [];
