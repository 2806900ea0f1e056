import {
  TCPOPT_EOL,
  TCPOPT_MSS,
  TCPOPT_NOP,
  TCPOPT_SACK,
  TCPOPT_SACK_PERM,
  TCPOPT_TIMESTAMP,
  TCPOPT_WINDOW,
} from '../tcp';
import { hex, type Printer, tok } from './printer';

/** tcp_option_values, print-tcp.c. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [TCPOPT_EOL, 'eol'],
  [TCPOPT_NOP, 'nop'],
  [TCPOPT_MSS, 'mss'],
  [TCPOPT_WINDOW, 'wscale'],
  [TCPOPT_SACK_PERM, 'sackOK'],
  [TCPOPT_SACK, 'sack'],
  [6, 'echo'],
  [7, 'echoreply'],
  [TCPOPT_TIMESTAMP, 'TS'],
]);

export interface OptionList {
  /** As the header claims it; more than was captured. */
  readonly length: number;
  readonly sackBase: number;
}

/**
 * The loop over options of tcp_print(): false if a bad one ends the line. Unknown ones are told as
 * hexadecimal bytes.
 */
export function printTcpOptions(p: Printer, bytes: Uint8Array, list: OptionList): boolean {
  p.put(', options [');
  let at = 0;
  let first = true;
  const bad = (): false => {
    p.put(`[bad opt]${first ? '' : ']'}`);
    return false;
  };
  while (at < list.length && !p.ended) {
    if (!first) p.put(',');
    const kind = p.u8(bytes, at);
    const single = kind === TCPOPT_EOL || kind === TCPOPT_NOP;
    const size = single ? 1 : p.u8(bytes, at + 1);
    if (!single && (size < 2 || at + size > list.length)) return bad();
    p.put(tok(NAMES, kind, `unknown-${kind}`));
    const body = { bytes: bytes.subarray(at + 2), length: size - 2, sackBase: list.sackBase };
    const told = single ? 0 : printBody(p, kind, body);
    if (told === undefined) return bad();
    if (!single && told + 2 !== size) p.put(`[len ${size}]`);
    at += single ? 1 : 2 + told;
    first = false;
    if (kind === TCPOPT_EOL) break;
  }
  p.put(']');
  return true;
}

interface Body {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly sackBase: number;
}

/** Gives the bytes that were told; undefined if the option has fewer. */
function printBody(p: Printer, kind: number, body: Body): number | undefined {
  const { bytes, length } = body;
  const fixed = FIXED.get(kind);
  if (fixed !== undefined && length < fixed) return undefined;
  if (kind === TCPOPT_MSS) p.put(` ${p.u16(bytes, 0)}`);
  else if (kind === TCPOPT_WINDOW) p.put(` ${p.u8(bytes, 0)}`);
  else if (kind === 6 || kind === 7) p.put(` ${p.u32(bytes, 0)}`);
  else if (kind === TCPOPT_TIMESTAMP) p.put(` val ${p.u32(bytes, 0)} ecr ${p.u32(bytes, 4)}`);
  else if (kind === TCPOPT_SACK) printSack(p, body);
  else if (fixed === undefined && length > 0) {
    p.put(' 0x');
    for (let i = 0; i < length && !p.ended; i++) p.put(hex(p.u8(bytes, i), 2));
  }
  return fixed ?? length;
}

const FIXED: ReadonlyMap<number, number> = new Map([
  [TCPOPT_MSS, 2],
  [TCPOPT_WINDOW, 1],
  [TCPOPT_SACK_PERM, 0],
  [6, 4],
  [7, 4],
  [TCPOPT_TIMESTAMP, 8],
]);

function printSack(p: Printer, { bytes, length, sackBase }: Body): void {
  if (length % 8 !== 0) {
    p.put(' invalid sack');
    return;
  }
  p.put(` ${length / 8} `);
  for (let at = 0; at < length && !p.ended; at += 8) {
    const left = (p.u32(bytes, at) - sackBase) >>> 0;
    const right = (p.u32(bytes, at + 4) - sackBase) >>> 0;
    p.put(`{${left}:${right}}`);
  }
}
