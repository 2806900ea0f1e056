import type { Draft } from './command-draft';
import { parameterProblem, type XtError } from './extension';
import type { GetoptLong } from './getopt-long';
import type { Session } from './session';

/** parse_wait_time(): -w; the lock of legacy tables is not taken. */
export function parseWait(
  draft: Draft,
  scan: GetoptLong,
  arg: string | undefined,
): XtError | undefined {
  draft.wait = true;
  const word = arg ?? (scan.hasArg ? scan.take() : undefined);
  const known = word === undefined || /^\s*[+-]?(0x[0-9a-f]|\d)/i.test(word);
  return known ? undefined : parameterProblem('wait seconds not numeric');
}

/** parse_wait_interval(): -W. */
export function parseWaitInterval(
  session: Session,
  draft: Draft,
  { arg, scan }: { readonly arg: string | undefined; readonly scan: GetoptLong },
): XtError | undefined {
  const word = arg ?? (scan.hasArg ? scan.take() : undefined);
  if (word === undefined) return parameterProblem('wait interval value required');
  const usec = scanNumber(word);
  if (usec === undefined) return parameterProblem('wait interval not numeric');
  if (usec > 999_999) return parameterProblem(`too long usec wait ${usec} > 999999 usec`);
  session.err += 'Ignoring deprecated --wait-interval option.\n';
  draft.waitInterval = true;
  return undefined;
}

/** `-c packets bytes` or `-c packets,bytes`. */
export function parseCounters(draft: Draft, scan: GetoptLong, arg: string): XtError | undefined {
  const comma = arg.indexOf(',', 1);
  const second = comma >= 0 ? arg.slice(comma + 1) : scan.hasArg ? scan.take() : undefined;
  if (second === undefined) return parameterProblem('-c requires packet and byte counter');
  const packets = scanNumber(arg);
  if (packets === undefined) return parameterProblem('-c packet counter not numeric');
  const bytes = scanNumber(second);
  if (bytes === undefined) return parameterProblem('-c byte counter not numeric');
  draft.packets = packets;
  draft.bytes = bytes;
  return undefined;
}

/** sscanf("%llu"): the digits at the start. */
function scanNumber(text: string): number | undefined {
  const digits = /^\s*\+?(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
