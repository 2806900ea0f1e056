import { err, ok, type Result } from '../../base/result';

/** `--filter key=value` options, checked as the engine does. */
export function parseFilters(
  words: readonly string[],
  known: readonly string[],
): Result<ReadonlyMap<string, readonly string[]>, string> {
  const filters = new Map<string, string[]>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 0) {
      return err(
        `invalid argument ${JSON.stringify(word)} for "-f, --filter" flag: bad format of filter (expected name=value)`,
      );
    }
    const key = word.slice(0, at).trim().toLowerCase();
    if (!known.includes(key)) return err(`Error response from daemon: Invalid filter '${key}'`);
    filters.set(key, [...(filters.get(key) ?? []), word.slice(at + 1).trim()]);
  }
  return ok(filters);
}
