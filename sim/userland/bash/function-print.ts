import { printBody } from './node-print';
import type { ShellFunction } from './shell';

/** A function as `declare -f` prints it (named_function_string of print_cmd.c). */
export const printFunction = (name: string, definition: ShellFunction): string =>
  `${name} () \n${printBody(definition.node.body, definition.source.text)}`;
