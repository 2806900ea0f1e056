import { kernelLog, type PrintkRecord } from '../../linux/printk';
import type { Proc } from '../../linux/process';
import { print } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { type Args, notSimulated, parseArgs } from '../args';
import { strftime } from '../glibc/strftime';

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

/** dmesg(1) of util-linux 2.38: the kernel's ring buffer. */
export function* dmesg(proc: Proc, argv: readonly string[]): Process {
  const args = yield* parseArgs(proc, argv, {
    short: 'CcTtkwxl:',
    long: [
      'clear:C',
      'read-clear:c',
      'ctime:T',
      'notime:t',
      'kernel:k',
      'follow:w',
      'decode:x',
      'level=:l',
    ],
    version: 'dmesg from util-linux 2.38.1',
  });
  if (typeof args === 'number') return args;
  if (args.operands.length > 0) return yield* notSimulated(proc, 'dmesg', args.operands[0] ?? '');
  const levels = args.value('l')?.split(',');
  const unknown = levels?.find((level) => !LEVELS.includes(level));
  if (unknown !== undefined) return yield* notSimulated(proc, 'dmesg', `level ${unknown}`);
  const log = kernelLog(proc.host.kernel, proc.host.name);
  const wanted = (record: PrintkRecord): boolean =>
    levels === undefined || levels.includes(LEVELS[record.level] ?? '');
  let next = 0;
  const show = function* (): Process {
    for (const record of args.has('C') ? [] : log.records()) {
      if (record.seq < next) continue;
      next = record.seq + 1;
      if (wanted(record)) yield* print(proc, `${line(proc, record, args)}\n`);
    }
    return 0;
  };
  yield* show();
  if (args.has('C', 'c')) log.clear();
  while (args.has('w')) {
    const wake = yield { kind: 'wait', on: [log.written] };
    if (wake.kind === 'signal') break;
    yield* show();
  }
  return 0;
}

function line(proc: Proc, record: PrintkRecord, args: Args): string {
  const decoded = args.has('x') ? `kern  :${(LEVELS[record.level] ?? '').padEnd(6)}: ` : '';
  if (args.has('t')) return decoded + record.text;
  if (!args.has('T')) {
    const seconds = Math.floor(record.atUs / 1_000_000);
    const micros = String(record.atUs % 1_000_000).padStart(6, '0');
    return `${decoded}[${String(seconds).padStart(5)}.${micros}] ${record.text}`;
  }
  const at = Math.floor((proc.host.clockUs - proc.host.nowUs + record.atUs) / 1_000_000);
  return `${decoded}[${strftime('%a %b %e %H:%M:%S %Y', at)}] ${record.text}`;
}
