import { BUILTINS } from './builtin-table';
import { runBody } from './compound';
import { expandField, expandOne, expandPattern, expandSubscript, expandText } from './expand';
import { runCommand, runStatements } from './run';
import { runText } from './run-text';
import type { Interpreter } from './shell';

/** The parts of the interpreter, joined. */
export const INTERPRETER: Interpreter = {
  builtins: BUILTINS,
  runText,
  runStatements,
  runCommand,
  runBody,
  expandOne,
  expandPattern,
  expandField,
  expandText,
  expandSubscript,
};
