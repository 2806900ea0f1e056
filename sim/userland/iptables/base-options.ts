import type { LongOption } from './getopt-long';

const required = (name: string, value: string): LongOption => ({
  name,
  argument: 'required',
  value,
});
const optional = (name: string, value: string): LongOption => ({
  name,
  argument: 'optional',
  value,
});
const flag = (name: string, value: string): LongOption => ({ name, argument: 'none', value });

/** original_opts[], iptables/xtables.c. */
export const BASE_OPTIONS: readonly LongOption[] = [
  required('append', 'A'),
  required('delete', 'D'),
  required('check', 'C'),
  required('insert', 'I'),
  required('replace', 'R'),
  optional('list', 'L'),
  optional('list-rules', 'S'),
  optional('flush', 'F'),
  optional('zero', 'Z'),
  required('new-chain', 'N'),
  optional('delete-chain', 'X'),
  required('rename-chain', 'E'),
  required('policy', 'P'),
  required('source', 's'),
  required('destination', 'd'),
  required('src', 's'),
  required('dst', 'd'),
  required('protocol', 'p'),
  required('in-interface', 'i'),
  required('jump', 'j'),
  required('table', 't'),
  required('match', 'm'),
  flag('numeric', 'n'),
  required('out-interface', 'o'),
  flag('verbose', 'v'),
  optional('wait', 'w'),
  optional('wait-interval', 'W'),
  flag('exact', 'x'),
  flag('fragments', 'f'),
  flag('version', 'V'),
  optional('help', 'h'),
  flag('line-numbers', '0'),
  required('modprobe', 'M'),
  required('set-counters', 'c'),
  required('goto', 'g'),
  flag('ipv4', '4'),
  flag('ipv6', '6'),
];

/** getopt's string as letters: `A:` required, `L::` optional. */
export function shortOptions(text: string): ReadonlyMap<string, LongOption['argument']> {
  const options = new Map<string, LongOption['argument']>();
  for (const [, letter = '', colons = ''] of text.matchAll(/([^:])(:{0,2})/g)) {
    options.set(letter, colons === '' ? 'none' : colons === ':' ? 'required' : 'optional');
  }
  return options;
}

/** IPT_OPTSTRING, iptables/xshared.h. */
export const SHORT_OPTIONS = shortOptions(
  'A:C:D:E:F::I:L::M:N:P:VX::Z::c:d:i:j:o:p:s:t:R:S::W::46bfg:h::m:nvw::x',
);
