import type { DownCode } from '../proto';

/** bgp_error_dsc(): names of NOTIFICATION codes, RFC 4271 §4.5, RFC 4486. A data table. */
const ERRORS: Readonly<Record<string, string>> = {
  '1.0': 'Invalid message header',
  '1.1': 'Connection not synchronized',
  '1.2': 'Bad message length',
  '1.3': 'Bad message type',
  '2.0': 'Invalid OPEN message',
  '2.1': 'Unsupported version number',
  '2.2': 'Bad peer AS',
  '2.3': 'Bad BGP identifier',
  '2.4': 'Unsupported optional parameter',
  '2.5': 'Authentication failure',
  '2.6': 'Unacceptable hold time',
  '2.7': 'Required capability missing',
  '3.0': 'Invalid UPDATE message',
  '3.1': 'Malformed attribute list',
  '3.3': 'Missing mandatory attribute',
  '4.0': 'Hold timer expired',
  '5.0': 'Finite state machine error',
  '5.1': 'Unexpected message in OpenSent state',
  '5.2': 'Unexpected message in OpenConfirm state',
  '5.3': 'Unexpected message in Established state',
  '6.0': 'Cease',
  '6.1': 'Maximum number of prefixes reached',
  '6.2': 'Administrative shutdown',
  '6.3': 'Peer de-configured',
  '6.4': 'Administrative reset',
  '6.5': 'Connection rejected',
  '6.6': 'Other configuration change',
  '6.7': 'Connection collision resolution',
  '6.8': 'Out of Resources',
};

export const notificationText = (code: number, subcode: number): string =>
  ERRORS[`${code}.${subcode}`] ?? ERRORS[`${code}.0`] ?? `Unknown error ${code}.${subcode}`;

/** bgp_log_error(): a wrong AS by its number, other data in hex. */
export function notificationData(code: number, subcode: number, data: Uint8Array): string {
  if (data.length === 0) return '';
  const digits = Array.from(data, (one) => one.toString(16).padStart(2, '0')).join('');
  const isAs = code === 2 && subcode === 2 && (data.length === 2 || data.length === 4);
  return `: ${isAs ? Number.parseInt(digits, 16) : digits.slice(0, 32)}`;
}

/** What bgp_shutdown() tells the neighbour, RFC 4486. */
export const SHUTDOWN_SUBCODES: Readonly<Record<DownCode, number>> = {
  remove: 3,
  reconfigure: 6,
  disable: 2,
  shutdown: 2,
  restart: 4,
  limit: 1,
  'export limit': 4,
};
