/** reverse-i-search: the newest entry before `before` that holds `query`. */
export function searchBack(
  history: readonly string[],
  query: string,
  before: number,
): number | undefined {
  if (query === '') return undefined;
  for (let i = Math.min(before, history.length) - 1; i >= 0; i--) {
    if (history[i]?.includes(query)) return i;
  }
  return undefined;
}
