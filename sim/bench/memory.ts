import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Bench, RECORDED, type Row, row } from './row';
import { batchStar, idle } from './scripts';

const N = 500;
/** Growth of slab memory, KiB. */
const IDLE_SLAB_KIB = 106_068;
const STAR_SLAB_KIB = 156_032;

/** What namespaces keep on the heap, against what they keep in the kernel's slabs. */
export async function memoryRows(): Promise<readonly Row[]> {
  const grown = async (script: string): Promise<number> => {
    const bench = new Bench();
    await bench.run('ip link set lo up');
    const before = heapBytes();
    await bench.run(`${script}\nsleep 3`);
    const after = heapBytes();
    if (bench.host.netnses.size !== N + 1) throw new Error('namespaces are missing');
    return after - before;
  };
  const slab = (kib: number): { name: string; value: number } => ({
    name: RECORDED,
    value: kib * 1024,
  });
  await grown(idle(N));
  return [
    row(`memory of ${N} idle namespaces`, await grown(idle(N)), 'bytes', slab(IDLE_SLAB_KIB)),
    row(`memory of a star of ${N}`, await grown(batchStar(N)), 'bytes', slab(STAR_SLAB_KIB)),
  ];
}

/** Live bytes after a full collection. */
export function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
