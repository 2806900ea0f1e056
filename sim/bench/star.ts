import { onRealKernel } from './kernel';
import { Bench, type Row, row, THIS_KERNEL } from './row';
import { allPairs, allPairsXargs, batchStar, star, teardown } from './scripts';

/** Duplicate address detection and the like come to rest. */
const REST = 'sleep 2.5';

/** Stars of namespaces, built by commands and by batches, and taken down. */
export async function starRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const n of [10, 100, 500]) {
    for (const [how, build] of [
      ['', star(n)],
      [' by batches', batchStar(n)],
    ] as const) {
      const bench = new Bench();
      const built = await bench.run(build);
      await bench.run(REST);
      const gone = await bench.run(teardown(n));
      const kernel = onRealKernel([build, REST, teardown(n)]);
      const name = `star of ${n} namespaces${how}`;
      rows.push(row(name, built, 'ms', { name: THIS_KERNEL, value: kernel?.[0] }));
      rows.push(row(`${name}, taken down`, gone, 'ms', { name: THIS_KERNEL, value: kernel?.[2] }));
    }
  }
  return rows;
}

/** Every namespace of a star pings every other. */
export async function allPairsRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const n of [10, 30]) {
    for (const [how, ping] of [
      ['', allPairs(n)],
      [', xargs -P 2', allPairsXargs(n)],
    ] as const) {
      const bench = new Bench();
      await bench.run(star(n));
      await bench.run(REST);
      const ours = await bench.run(ping);
      const kernel = onRealKernel([star(n), REST, ping]);
      const peer = { name: THIS_KERNEL, value: kernel?.[2] };
      rows.push(row(`all-pairs ping of ${n}${how}`, ours, 'ms', peer));
    }
  }
  return rows;
}
