import { type Errno, strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';

/** error(3) of glibc with exit status `code`: `program: message: strerror`. Returns the status. */
export function* fail(proc: Proc, code: number, message: string, errno?: Errno): Blocking<number> {
  const reason = errno === undefined ? '' : `: ${strerror(errno)}`;
  yield* printError(proc, `${programName(proc)}: ${message}${reason}\n`);
  return code;
}

/** error(0, …): a message that does not end the program. */
export function* warn(proc: Proc, message: string, errno?: Errno): Blocking<void> {
  yield* fail(proc, 0, message, errno);
}

const programName = (proc: Proc): string => proc.argv[0] ?? '';

/** strtol_or_err() of iputils_common.c: the number, or the message it ends with. */
export function strtolOrError(
  text: string,
  min: number,
  max: number,
): { readonly value: number } | { readonly error: string } {
  const invalid = `invalid argument: '${text}'`;
  if (!/^\s*[-+]?(0x[0-9a-f]+|\d+)$/i.test(text)) return { error: invalid };
  const value = Number(text);
  if (value < min || value > max) {
    return { error: `${invalid}: out of range: ${min} <= value <= ${shown(max)}` };
  }
  return { value };
}

/** LONG_MAX has no exact number. */
const shown = (max: number): string => (max === 2 ** 63 ? '9223372036854775807' : String(max));
