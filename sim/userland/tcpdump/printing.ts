import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { readEmbedded } from '../../wire/embedded';
import type { Ip } from '../../wire/frame';
import { type LineOptions, type LinkType, printPacket, type TcpSequences } from '../../wire/print';
import { serviceName } from '../../wire/services';
import { getnameinfo } from '../glibc/getaddrinfo';
import type { TcpdumpOptions } from './options';
import type { Output } from './output';
import { TimeStamps } from './time-stamp';

/** A packet as it is printed or saved. */
export interface PacketRecord {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly epochUs: number;
}

/** print_packet() and what it remembers from packet to packet. */
export class PacketPrinter {
  readonly #stamps: TimeStamps;
  readonly #sequences: TcpSequences = new Map();
  readonly #names = new Map<Ip, string | undefined>();
  readonly #line: LineOptions;
  #number = 0;

  constructor(
    readonly proc: Proc,
    readonly options: TcpdumpOptions,
    readonly linkType: LinkType,
  ) {
    this.#stamps = new TimeStamps(options.time);
    this.#line = {
      numeric: options.numeric,
      link: options.link,
      verbose: options.verbose,
      quiet: options.quiet,
      absoluteSeq: options.absoluteSeq,
      noChecksum: options.noChecksum,
      dump: options.dump,
      deviceName: (ifindex) => proc.netns.deviceByIndex(ifindex)?.name,
      hostName: (ip) => this.#names.get(ip),
      portName: serviceName,
    };
  }

  *print(out: Output, record: PacketRecord): Blocking<void> {
    if (!this.options.numeric) yield* this.#learnNames(record.bytes);
    this.#number++;
    const number = this.options.number ? `${String(this.#number).padStart(5)}  ` : '';
    const { bytes, length } = record;
    const packet = { bytes, length, linkType: this.linkType };
    const text = printPacket(packet, this.#line, this.#sequences);
    yield* out.put(`${number}${this.#stamps.text(record.epochUs)}${text}\n`);
  }

  /**
   * gethostbyaddr() of the addresses in the header: the printer itself cannot wait for an answer.
   */
  *#learnNames(bytes: Uint8Array): Blocking<void> {
    const header = { EN10MB: 14, LINUX_SLL2: 20, RAW: 0 }[this.linkType];
    const inner = readEmbedded(bytes.subarray(header));
    if (!inner.ok) return;
    for (const ip of [inner.value.src, inner.value.dst]) {
      if (this.#names.has(ip)) continue;
      this.#names.set(ip, undefined);
      this.#names.set(ip, yield* getnameinfo(this.proc, ip));
    }
  }
}
