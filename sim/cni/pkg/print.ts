import type { Result } from '../../base/result';
import type { Call } from '../skel';
import { type CniError, fail } from '../types/error';
import { type CniResult, printResult } from '../types/result';

/** types.PrintResult(), as the end of a plugin's ADD. */
export function print(call: Call, result: CniResult, cniVersion: string): Result<string, CniError> {
  const text = printResult(result, cniVersion, call.release);
  return text.ok ? text : fail(text.error);
}
