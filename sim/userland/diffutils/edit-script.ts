/** A run of lines that differ: [aStart, aEnd) of the old became [bStart, bEnd) of the new; 0-based. */
export interface Change {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** The most edits that are looked for before two files count as wholly different. */
const MAX_EDITS = 4000;

/** Myers, An O(ND) Difference Algorithm (1986), as GNU diff's compareseq uses it; changes in order. */
export function changesOf(a: readonly string[], b: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let aEnd = a.length;
  let bEnd = b.length;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const kept = matches(a.slice(start, aEnd), b.slice(start, bEnd));
  const changes: Change[] = [];
  let [x, y] = [0, 0];
  for (const [i, j] of [...kept, [aEnd - start, bEnd - start] as const]) {
    if (i > x || j > y) {
      changes.push({ aStart: start + x, aEnd: start + i, bStart: start + y, bEnd: start + j });
    }
    x = i + 1;
    y = j + 1;
  }
  return shifted(changes, a, b);
}

/** Pairs of lines that stay, in order. */
function matches(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [number, number])[] {
  const [n, m] = [a.length, b.length];
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(n + m, MAX_EDITS); d++) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? 0) < (furthest.get(k + 1) ?? 0));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < n && y < m && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest.set(k, x);
      if (x >= n && y >= m) return walkBack(trace, n, m);
    }
  }
  return [];
}

function walkBack(
  trace: readonly Map<number, number>[],
  n: number,
  m: number,
): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [n, m];
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? 0) < (furthest.get(k + 1) ?? 0));
    const before = down ? k + 1 : k - 1;
    const fromX = furthest.get(before) ?? 0;
    const fromY = fromX - before;
    while (x > fromX && y > fromY) {
      x--;
      y--;
      if (x >= 0 && y >= 0) pairs.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

/** shift_boundaries(): a pure insertion or deletion is moved as far down as it goes. */
function shifted(
  changes: readonly Change[],
  a: readonly string[],
  b: readonly string[],
): readonly Change[] {
  return changes.map((change, i) => {
    let { aStart, aEnd, bStart, bEnd } = change;
    const next = changes[i + 1];
    if (aStart === aEnd) {
      while (
        bEnd < (next?.bStart ?? b.length) &&
        aEnd < (next?.aStart ?? a.length) &&
        b[bStart] === b[bEnd]
      ) {
        aStart++;
        aEnd++;
        bStart++;
        bEnd++;
      }
    } else if (bStart === bEnd) {
      while (
        aEnd < (next?.aStart ?? a.length) &&
        bEnd < (next?.bStart ?? b.length) &&
        a[aStart] === a[aEnd]
      ) {
        aStart++;
        aEnd++;
        bStart++;
        bEnd++;
      }
    }
    return { aStart, aEnd, bStart, bEnd };
  });
}
