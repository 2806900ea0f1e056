import { err, ok, type Result } from '../base/result';
import { unmarshal } from './gojson/fields';
import { goQuote } from './types/error';

/** create.DecodeVersion(): the version of a configuration or result; 0.1.0 if it names none. */
export function decodeVersion(text: string): Result<string, string> {
  const found = unmarshal(text, 'struct { CNIVersion string "json:\\"cniVersion\\"" }', (f) =>
    f.string('cniVersion'),
  );
  if (!found.ok) return err(`decoding version from network config: ${found.error}`);
  return ok(found.value === '' ? '0.1.0' : found.value);
}

type Parts = readonly [number, number, number];

/** version.ParseVersion(). */
function parseVersion(text: string): Result<Parts, string> {
  if (text === '') return err(`invalid version ${goQuote(text)}: the version is empty`);
  const parts = text.split('.');
  if (parts.length >= 4) return err(`invalid version ${goQuote(text)}: too many parts`);
  const numbers: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (!/^[+-]?\d+$/.test(part)) {
      const name = ['major', 'minor', 'micro'][i];
      const why = `strconv.Atoi: parsing ${goQuote(part)}: invalid syntax`;
      return err(`failed to convert ${name} version part ${goQuote(part)}: ${why}`);
    }
    numbers.push(Number(part));
  }
  const [major = 0, minor = 0, micro = 0] = numbers;
  return ok([major, minor, micro]);
}

/** version.GreaterThanOrEqualTo(). */
export function versionAtLeast(version: string, other: string): Result<boolean, string> {
  const first = parseVersion(version);
  if (!first.ok) return first;
  const second = parseVersion(other);
  if (!second.ok) return second;
  for (const [i, part] of first.value.entries()) {
    const against = second.value[i] ?? 0;
    if (part !== against) return ok(part > against);
  }
  return ok(true);
}
