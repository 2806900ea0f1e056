import type { Printer } from './printer';

/** httpcmds, print-http.c. */
const METHODS = new Set(
  (
    'GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH ' +
    'UNLOCK REPORT UPDATE NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST ' +
    'SUBSCRIBE PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE ' +
    'RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL'
  ).split(' '),
);
/** MAX_TOKEN, util-print.c. */
const MAX_TOKEN = 128;
const LF = 0x0a;
const CR = 0x0d;

/**
 * http_print(), print-http.c: a request or status line; with -v every line of text that follows.
 */
export function printHttp(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'http';
  const text = bytes.subarray(0, length);
  const first = token(text, 0);
  const second = first && token(text, first.next);
  const isStart =
    first !== undefined &&
    (METHODS.has(first.text.toUpperCase()) || /^\d{3}$/.test(second?.text ?? ''));
  p.put('HTTP');
  if (!isStart) return;
  if (p.verbose === 0) {
    printLine(p, text, { at: 0, prefix: ': ', length });
    return;
  }
  p.put(`, length: ${length}`);
  let at = 0;
  while (at < length && !p.ended) {
    const next = printLine(p, text, { at, prefix: '\n\t', length });
    if (next === 0) return;
    at = next;
  }
}

/** fetch_token(), util-print.c. */
function token(bytes: Uint8Array, start: number): { text: string; next: number } | undefined {
  let text = '';
  let at = start;
  for (; at < bytes.length; at++) {
    const c = bytes[at] ?? 0;
    if (c === 0x20 || c === 0x09 || c === CR || c === LF) break;
    if (c < 0x20 || c > 0x7e || text.length > MAX_TOKEN - 2) return undefined;
    text += String.fromCharCode(c);
  }
  if (text === '') return undefined;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  // A CR-LF or LF behind the token belongs to it.
  if (bytes[at] === CR) at++;
  if (bytes[at] === LF) at++;
  return { text, next: at };
}

interface LineStart {
  readonly at: number;
  readonly prefix: string;
  /** As the packet claims it; more than was captured. */
  readonly length: number;
}

/** print_txt_line(), util-print.c: 0 if this is no text or the line does not end here. */
function printLine(p: Printer, bytes: Uint8Array, { at, prefix, length }: LineStart): number {
  for (let i = at; i < length; i++) {
    const c = p.u8(bytes, i);
    if (p.ended) return 0;
    const line = (): string => String.fromCharCode(...bytes.subarray(at, i));
    if (c === LF) {
      p.put(prefix + line());
      return i + 1;
    }
    if (c === CR) {
      if (i + 1 >= length || bytes[i + 1] !== LF) return 0;
      p.put(prefix + line());
      return i + 2;
    }
    if ((c < 0x20 || c > 0x7e) && c !== 0x09) return 0;
  }
  p.put(prefix + String.fromCharCode(...bytes.subarray(at, length)));
  p.put(' [|http]');
  return 0;
}
