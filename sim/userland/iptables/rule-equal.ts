/** What rules are made of: plain data. */
type Data = unknown;

/** Same data all the way down; a field that is undefined and one that is missing are the same. */
export function sameData(a: Data, b: Data): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = fieldsOf(a);
  const right = fieldsOf(b);
  if (left.size !== right.size) return false;
  return [...left].every(([key, value]) => right.has(key) && sameData(value, right.get(key)));
}

const fieldsOf = (data: object): ReadonlyMap<string, Data> =>
  new Map(Object.entries(data).filter(([, value]) => value !== undefined));
