import type { Builtin } from './builtin';
import { directoryBuiltins } from './builtins/directory';
import { echo } from './builtins/echo';
import { flowBuiltins } from './builtins/flow';
import { infoBuiltins } from './builtins/info';
import { inputBuiltins } from './builtins/input';
import { jobBuiltins } from './builtins/jobs';
import { optionBuiltins } from './builtins/options';
import { printf } from './builtins/printf';
import { testBuiltins } from './builtins/test';
import { trapBuiltin } from './builtins/trap';
import { unset } from './builtins/unset';
import { variableBuiltins } from './builtins/variables';

/** Every builtin by its name (builtins.c). */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['echo', echo],
  ['printf', printf],
  ['trap', trapBuiltin],
  ['unset', unset],
  ...flowBuiltins,
  ...directoryBuiltins,
  ...infoBuiltins,
  ...inputBuiltins,
  ...jobBuiltins,
  ...optionBuiltins,
  ...testBuiltins,
  ...variableBuiltins,
]);

/** The special builtins of POSIX. */
export const SPECIAL_BUILTINS: ReadonlySet<string> = new Set([
  ':', '.', 'source', 'break', 'continue', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift',
  'times', 'trap', 'unset',
]); // biome-ignore format: a table
