import { err, ok, type Result } from '../../base/result';
import { goQuote, goQuoteList } from './error';

/**
 * types.LoadArgs(): CNI_ARGS as `K=V;K2=V2`, for a struct with `fields`. Unknown ones are an error unless
 * IgnoreUnknown says otherwise.
 */
export function loadArgs(
  text: string,
  fields: readonly string[],
): Result<ReadonlyMap<string, string>, string> {
  const found = new Map<string, string>();
  if (text === '') return ok(found);
  const unknown: string[] = [];
  let ignoreUnknown = false;
  for (const pair of text.split(';')) {
    const [key = '', value = '', ...more] = pair.split('=');
    if (!pair.includes('=') || more.length > 0) return err(`ARGS: invalid pair ${goQuote(pair)}`);
    if (key === 'IgnoreUnknown') {
      const parsed = parseBool(value);
      if (parsed === undefined) {
        const why = `boolean unmarshal error: invalid input ${value.toLowerCase()}`;
        return err(`ARGS: error parsing value of pair ${goQuote(pair)}: ${why}`);
      }
      ignoreUnknown = parsed;
    } else if (fields.includes(key)) found.set(key, value);
    else unknown.push(pair);
  }
  if (unknown.length > 0 && !ignoreUnknown) {
    return err(`ARGS: unknown args ${goQuoteList(unknown)}`);
  }
  return ok(found);
}

/** UnmarshallableBool. */
function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === '1' || lower === 'true') return true;
  return lower === '0' || lower === 'false' ? false : undefined;
}
