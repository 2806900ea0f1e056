import type { NetDevice } from './device/net-device';
import type { Kernel } from './kernel';
import { WaitQueue } from './wait-queue';

/** struct printk_info: one message of the kernel. Level as in <0> to <7>. */
export interface PrintkRecord {
  readonly seq: number;
  readonly atUs: number;
  readonly level: number;
  readonly text: string;
}

/** Messages that the ring keeps; the oldest go first. */
const RING_RECORDS = 4096;

/** The kernel's ring buffer of one machine, kernel/printk/printk.c. */
export class KernelLog {
  readonly written = new WaitQueue();
  #records: PrintkRecord[] = [];
  #seq = 0;
  /** SYSLOG_ACTION_CLEAR: what was read before is not read again. */
  #clearSeq = 0;

  printk(record: Omit<PrintkRecord, 'seq'>): void {
    if (this.#records.length >= RING_RECORDS) this.#records.shift();
    this.#records.push({ ...record, seq: this.#seq++ });
    this.written.wake();
  }

  records(): readonly PrintkRecord[] {
    return this.#records.filter((record) => record.seq >= this.#clearSeq);
  }

  get nextSeq(): number {
    return this.#seq;
  }

  clear(): void {
    this.#clearSeq = this.#seq;
  }
}

const logs = new WeakMap<Kernel, Map<string, KernelLog>>();

export function kernelLog(kernel: Kernel, hostName: string): KernelLog {
  const byHost = logs.get(kernel) ?? new Map<string, KernelLog>();
  logs.set(kernel, byHost);
  const log = byHost.get(hostName) ?? new KernelLog();
  byHost.set(hostName, log);
  return log;
}

/** KERN_INFO. */
const LEVEL_INFO = 6;

/** netdev_info(), net/core/dev.c: the device's name and what happened to it. */
export function netdevInfo(dev: NetDevice, text: string): void {
  const { kernel, hostName } = dev.netns;
  const atUs = kernel.scheduler.nowUs;
  kernelLog(kernel, hostName).printk({ atUs, level: LEVEL_INFO, text: `${dev.name}: ${text}` });
}
