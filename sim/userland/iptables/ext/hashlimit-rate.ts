import { bad, good, type Parsed } from '../extension';
import { strtoulPrefix } from '../strtoul';
import { atoi, rateUnit } from './rate';

/** XT_HASHLIMIT_SCALE_v2, XT_HASHLIMIT_BURST_MAX; 1 << XT_HASHLIMIT_BYTE_SHIFT. */
export const SCALE = 1_000_000;
const BURST_MAX = 1_000_000;
const PIECE = 16;
const U32_MAX = 0xffff_ffff;

/** XT_HASHLIMIT_BYTE_EXPIRE, XT_HASHLIMIT_BYTE_EXPIRE_BURST: seconds. */
export const BYTE_EXPIRE = 15;
export const BYTE_EXPIRE_BURST = 60;

export interface Rate {
  readonly avg: number;
  readonly bytes: boolean;
  /** Seconds of the unit given, after which a bucket is forgotten. */
  readonly mult: number;
}

const factorOf = (letter: string): number =>
  letter === 'm' ? 1024 * 1024 : letter === 'k' ? 1024 : 1;

/** parse_bytes(), parse_rate(); undefined where neither can read it. */
export function parseHashRate(text: string): Parsed<Rate> | undefined {
  const unit = text.indexOf('b/s');
  const count = atoi(text);
  if (unit > 0 && count !== 0) {
    const avg = bytesToCost(count * factorOf(text.charAt(unit - 1)));
    if (avg === 0) return bad(`Rate too high "${text}"`);
    return good({ avg, bytes: true, mult: BYTE_EXPIRE });
  }
  const mult = rateUnit(text);
  if (mult === undefined || count === 0) return undefined;
  const avg = Math.floor((SCALE * mult) / count);
  if (avg <= 0) return bad(`Rate too fast "${text}"`);
  return good({ avg, bytes: false, mult });
}

export const BAD_BURST = `bad value for option "--hashlimit-burst", or out of range (1-${BURST_MAX}).`;

/** parse_burst(): packets, or bytes with their letter. */
export function parseBurst(text: string): Parsed<number> {
  const burst = strtoulPrefix(text, 1, Number.MAX_SAFE_INTEGER);
  if (!burst || (burst.rest === '' && burst.value > BURST_MAX)) return bad(BAD_BURST);
  return good(burst.value * factorOf(burst.rest.charAt(0)));
}

/** cost_to_bytes(), bytes_to_cost(): 32 bits of credit against pieces of 16 bytes. */
export function costToBytes(cost: number): number {
  const pieces = cost ? Math.floor(U32_MAX / cost) : U32_MAX;
  return (pieces - 1) * PIECE;
}

export const bytesToCost = (bytes: number): number =>
  Math.floor(U32_MAX / (Math.floor(bytes / PIECE) + 1));

const UNITS = [
  { name: 'm', size: 1024 * 1024 },
  { name: 'k', size: 1024 },
  { name: '', size: 1 },
] as const;

/** The rate in the largest unit that still gives the same cost. */
export function byteRate(cost: number): { readonly count: number; readonly unit: string } {
  const bytes = costToBytes(cost);
  const unit =
    UNITS.find(({ size }) => bytes >= size && bytesToCost(bytes - (bytes % size)) === cost) ??
    UNITS[2];
  return { count: Math.floor(bytes / unit.size), unit: unit.name };
}

/** Bytes in the largest unit that has at least one. */
export function byteCount(bytes: number): { readonly count: number; readonly unit: string } {
  const unit = UNITS.find(({ size }) => bytes >= size) ?? UNITS[2];
  return { count: Math.floor(bytes / unit.size), unit: unit.name };
}
