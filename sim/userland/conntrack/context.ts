import { IPS_DST_NAT_DONE, IPS_SRC_NAT_DONE } from '../../linux/netfilter/conntrack/conn';
import type { CtMessage } from '../../linux/netfilter/conntrack/message';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { Out } from '../stream';
import type { CtCommand, Failure } from './command';
import { entryText, type PrintStyle, saveText } from './print';

/** One run of the program: where it prints, and how many entries it has told of. */
export class Context {
  counter = 0;
  readonly #out: Out;
  readonly #style: PrintStyle;

  constructor(
    readonly proc: Proc,
    readonly cmd: CtCommand,
  ) {
    this.#out = new Out(proc);
    const { host } = proc;
    const event = cmd.name === 'event';
    this.#style = { output: cmd.output, event, epochUs: host.clockUs - host.nowUs };
  }

  /** The line of one entry or event, counted. */
  *show(ct: CtMessage): Blocking<void> {
    this.counter++;
    yield* this.print(`${this.line(ct)}\n`);
  }

  line(ct: CtMessage): string {
    if (!this.cmd.output.has('save')) return entryText(ct, this.#style);
    const { original, reply, status } = ct;
    const dnat = (status & IPS_DST_NAT_DONE) !== 0 && reply.src !== original.dst;
    const snat = (status & IPS_SRC_NAT_DONE) !== 0 && reply.dst !== original.src;
    return saveText(ct, dnat, snat);
  }

  /** "[1767225600.123456]\t" of `-o timestamp`. */
  clock(atUs: number): string {
    const us = this.#style.epochUs + atUs;
    const fraction = String(us % 1_000_000).padStart(6, '0');
    return `[${Math.floor(us / 1_000_000)}.${fraction}]\t`;
  }

  *print(text: string): Blocking<void> {
    yield* this.#out.text(text);
  }

  *flush(): Blocking<void> {
    yield* this.#out.flush();
  }
}

export const VERSION = 'conntrack v1.4.7 (conntrack-tools)';
/** How a command ends: nothing is wrong, or exit_error(). */
export type Ended = Failure | undefined;
