/**
 * Arithmetic on 32-bit sequence numbers, RFC 9293 §3.4; before() and after() of include/net/tcp.h.
 */
export const seqAdd = (seq: number, n: number): number => (seq + n) >>> 0;
/** a - b, signed. */
export const seqDiff = (a: number, b: number): number => (a - b) | 0;
export const before = (a: number, b: number): boolean => ((a - b) | 0) < 0;
export const after = (a: number, b: number): boolean => ((b - a) | 0) < 0;
