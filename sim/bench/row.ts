import { drive } from '../cli/drive';
import { recordingHost } from '../cli/recorder';
import { runProgram } from '../lab/place';
import type { Host } from '../linux/host';
import type { World } from '../linux/world';

/** One measurement; `ratio` is ours over the peer's. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'us' | 'bytes' | '1/s';
  readonly peer?: { readonly name: string; readonly value: number; readonly ratio: number };
  readonly note?: string;
}

export type Benchmark = () => Promise<readonly Row[]>;

/** What a peer needed; a recorded one says where. Without a value there is no peer. */
export interface Peer {
  readonly name: string;
  readonly value: number | undefined;
}

export const THIS_KERNEL = 'this kernel, same run';
/** Medians of five runs on two idle cores, Linux 6.18. */
export const RECORDED = 'Linux 6.18, recorded';

const rounded = (value: number): number => Math.round(value * 100) / 100;

export function row(name: string, value: number, unit: Row['unit'], peer?: Peer): Row {
  const own = { name, value: rounded(value), unit };
  if (!peer) return own;
  if (peer.value === undefined) return { ...own, note: `no peer: no namespaces for ${peer.name}` };
  const ratio = Math.round((value / peer.value) * 10_000) / 10_000;
  return { ...own, peer: { name: peer.name, value: rounded(peer.value), ratio } };
}

/** A fresh host on which shell texts run one after the other. */
export class Bench {
  readonly world: World;
  readonly host: Host;

  constructor(limits: Parameters<typeof recordingHost>[1] = {}) {
    const made = recordingHost('bench', limits);
    this.world = made.world;
    this.host = made.host;
  }

  /** Runs a text; gives the wall time it took. A failing text is an error of the benchmark. */
  async run(script: string): Promise<number> {
    const place = { host: this.host, netns: this.host.netns };
    const options = { timeoutUs: 3_600_000_000 };
    const from = performance.now();
    const ran = await drive(runProgram(this.world, place, ['bash', '-c', script], options));
    const ms = performance.now() - from;
    if (ran.code !== 0) throw new Error(`benchmark script failed: ${ran.stderr.slice(0, 300)}`);
    return ms;
  }
}
