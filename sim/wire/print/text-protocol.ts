import type { Printer } from './printer';

/** txtproto_print()'s protocols: which words start a request, and where a reply has its code. */
export interface TextProtocol {
  /** ndo_protocol, printed in capitals. */
  readonly name: string;
  /** Without these every line is told. */
  readonly commands?: ReadonlySet<string> | undefined;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** httpcmds, print-http.c. */
export const HTTP: TextProtocol = {
  name: 'http',
  commands: words(
    'GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH ' +
      'UNLOCK REPORT UPDATE NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST ' +
      'SUBSCRIBE PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE ' +
      'RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL',
  ),
};
/** rtspcmds, print-rtsp.c. */
export const RTSP: TextProtocol = {
  name: 'rtsp',
  commands: words(
    'DESCRIBE ANNOUNCE GET_PARAMETER OPTIONS PAUSE PLAY RECORD REDIRECT SETUP SET_PARAMETER TEARDOWN',
  ),
};
/** sipcmds, print-sip.c. */
export const SIP: TextProtocol = {
  name: 'sip',
  commands: words(
    'ACK BYE CANCEL DO INFO INVITE MESSAGE NOTIFY OPTIONS PRACK QAUTH REFER REGISTER SPRACK ' +
      'SUBSCRIBE UPDATE PUBLISH',
  ),
};
export const FTP: TextProtocol = { name: 'ftp' };
export const SMTP: TextProtocol = { name: 'smtp' };
export const WHOIS: TextProtocol = { name: 'whois' };

/** MAX_TOKEN, util-print.c. */
const MAX_TOKEN = 128;
const LF = 0x0a;
const CR = 0x0d;

export interface TextPayload {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** txtproto_print(), util-print.c: the first line; with -v every line of text that follows. */
export function printText(
  p: Printer,
  protocol: TextProtocol,
  { bytes, length }: TextPayload,
): void {
  p.protocol = protocol.name;
  const text = bytes.subarray(0, length);
  p.put(protocol.name.toUpperCase());
  if (protocol.commands && !startsMessage(text, protocol.commands)) return;
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

/** A request's word, or a reply with its code in second place. */
function startsMessage(text: Uint8Array, commands: ReadonlySet<string>): boolean {
  const first = token(text, 0);
  if (!first) return false;
  return (
    commands.has(first.text.toUpperCase()) || /^\d{3}$/.test(token(text, first.next)?.text ?? '')
  );
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
  p.put(` [|${p.protocol}]`);
  return 0;
}
