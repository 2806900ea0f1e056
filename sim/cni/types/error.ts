import { err } from '../../base/result';
import { type Errno, strerror } from '../../linux/errno';
import { marshal } from '../gojson/marshal';

/** Error codes of the CNI specification, section 5. */
export const ERR_INCOMPATIBLE_CNI_VERSION = 1;
export const ERR_UNKNOWN_CONTAINER = 3;
export const ERR_INVALID_ENVIRONMENT_VARIABLES = 4;
export const ERR_IO_FAILURE = 5;
export const ERR_DECODING_FAILURE = 6;
export const ERR_INVALID_NETWORK_CONFIG = 7;
export const ERR_INVALID_NETNS = 8;
export const ERR_INTERNAL = 999;

/** types.Error of containernetworking/cni, and what Go's error types tell a caller. */
export interface CniError {
  readonly code: number;
  readonly msg: string;
  readonly details?: string | undefined;
  /** ns.NSPathNotExistErr, ip.ErrLinkNotFound. */
  readonly is?: 'ns-path-not-exist' | 'ns-not-entered' | 'link-not-found' | undefined;
}

export const fail = (msg: string) => err<CniError>({ code: ERR_INTERNAL, msg });

export const cniError = (code: number, msg: string, details = ''): CniError => ({
  code,
  msg,
  details: details === '' ? undefined : details,
});

/** Error(): how one reads inside another. */
export const errorText = ({ msg, details }: CniError): string =>
  details === undefined ? msg : `${msg}; ${details}`;

/** Error.Print(): indented, no newline at the end. */
export const printed = ({ code, msg, details }: CniError): string =>
  marshal({ code, msg, details }, '    ');

/** syscall.Errno.Error(): the C library's words in lower case. */
export const goErrno = (errno: Errno): string => {
  const text = strerror(errno);
  return text.charAt(0).toLowerCase() + text.slice(1);
};

/** fmt's %q. */
export const goQuote = (text: string): string => JSON.stringify(text);

/** `%q` of a slice of strings. */
export const goQuoteList = (list: readonly string[]): string => `[${list.map(goQuote).join(' ')}]`;
