import { hex2 } from './number-text';

/** tos_symbol_names[] of extensions/tos_values.c. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x10, 'Minimize-Delay'],
  [0x08, 'Maximize-Throughput'],
  [0x04, 'Maximize-Reliability'],
  [0x02, 'Minimize-Cost'],
  [0x00, 'Normal-Service'],
]);

/** tos_try_print_symbolic(), with its blank. */
export const tosName = (value: number, mask: number): string | undefined =>
  mask === 0x3f && NAMES.has(value) ? ` ${NAMES.get(value)}` : undefined;

/** value/mask. */
export const tosText = (value: number, mask: number): string => `${hex2(value)}/${hex2(mask)}`;
