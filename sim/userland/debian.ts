import { programs as absent } from './absent/programs';
import { programs as bash } from './bash/programs';
import { programs as coreutils } from './coreutils/programs';
import { programs as debianutils } from './debianutils/programs';
import { programs as grep } from './grep/programs';
import { programs as iproute2 } from './iproute2/programs';
import { programs as ss } from './iproute2/ss/programs';
import { programs as iputils } from './iputils/programs';
import { programs as jq } from './jq/programs';
import { programs as less } from './less/programs';
import { programs as libcBin } from './libc-bin/programs';
import { onDemandPrograms } from './on-demand';
import type { ProgramTable } from './package';
import { programs as procps } from './procps/programs';
import { programs as serve } from './serve/programs';
import { programs as utilLinux } from './util-linux/programs';
import { programs as vim } from './vim/programs';

/** Everything that is installed on a machine: path and program, package by package. */
export const debianPrograms: ProgramTable = [
  ...absent,
  ...bash,
  ...coreutils,
  ...debianutils,
  ...grep,
  ...iproute2,
  ...iputils,
  ...jq,
  ...less,
  ...libcBin,
  ...serve,
  ...ss,
  ...procps,
  ...utilLinux,
  ...vim,
  ...onDemandPrograms,
];
