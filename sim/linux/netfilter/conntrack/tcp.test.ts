import { describe, expect, test } from 'vitest';
import { NO_BYTES } from '../../../base/bytes';
import {
  type IpPacket,
  type TcpSegment,
  TH_ACK,
  TH_FIN,
  TH_RST,
  TH_SYN,
} from '../../../wire/frame';
import { allocSkb, type Skb } from '../../sk-buff';
import { ip4, Testbed } from '../../testbed';
import type { NfHookState } from '../hook';
import { nfConntrackConfirm, nfConntrackIn } from './core';
import { conntrackOf, type NfConntrack } from './table';

const CLIENT = ip4('10.0.0.1');
const SERVER = ip4('10.0.0.2');

/** A router that sees segments of one connection; each call says what it made of one. */
class Watcher {
  readonly bed = new Testbed();
  readonly net = this.bed.netns('r');
  readonly table: NfConntrack = conntrackOf(this.net);

  see(from: 'client' | 'server', flags: number, numbers: Partial<TcpSegment> = {}): string {
    const skb = this.#skb(from, flags, numbers);
    const state: NfHookState = {
      net: this.net,
      hook: 'PREROUTING',
      family: 'ipv4',
      in: this.net.lo,
      out: undefined,
      okfn: () => {},
    };
    nfConntrackIn(skb, state);
    nfConntrackConfirm(skb, state);
    return skb.ct ? `${skb.ctinfo} ${skb.ct.tcp?.state}` : 'INVALID';
  }

  #skb(from: 'client' | 'server', flags: number, numbers: Partial<TcpSegment>): Skb {
    const client = from === 'client';
    const payload: TcpSegment = {
      kind: 'tcp',
      srcPort: client ? 5000 : 80,
      dstPort: client ? 80 : 5000,
      seq: 0,
      ack: 0,
      flags,
      window: 1000,
      urgent: 0,
      options: {},
      payload: NO_BYTES,
      ...numbers,
    };
    const packet: IpPacket = {
      kind: 'ipv4',
      src: client ? CLIENT : SERVER,
      dst: client ? SERVER : CLIENT,
      tos: 0,
      id: 0,
      df: true,
      mf: false,
      fragOffset: 0,
      ttl: 64,
      protocol: 6,
      options: NO_BYTES,
      payload,
    };
    return allocSkb(this.bed.kernel, { dev: this.net.lo, packet });
  }

  open(): void {
    this.see('client', TH_SYN, { seq: 100 });
    this.see('server', TH_SYN | TH_ACK, { seq: 500, ack: 101 });
    this.see('client', TH_ACK, { seq: 101, ack: 501 });
  }
}

describe('nf_conntrack_tcp_packet()', () => {
  test('open and close', () => {
    const w = new Watcher();
    expect(w.see('client', TH_SYN, { seq: 100 })).toBe('NEW SYN_SENT');
    expect(w.see('server', TH_SYN | TH_ACK, { seq: 500, ack: 101 })).toBe(
      'ESTABLISHED_REPLY SYN_RECV',
    );
    expect(w.see('client', TH_ACK, { seq: 101, ack: 501 })).toBe('ESTABLISHED ESTABLISHED');
    expect(w.see('server', TH_FIN | TH_ACK, { seq: 501, ack: 101 })).toBe(
      'ESTABLISHED_REPLY FIN_WAIT',
    );
    expect(w.see('client', TH_FIN | TH_ACK, { seq: 101, ack: 502 })).toBe('ESTABLISHED LAST_ACK');
    expect(w.see('server', TH_ACK, { seq: 502, ack: 102 })).toBe('ESTABLISHED_REPLY TIME_WAIT');
  });

  test('a refused connection leaves nothing', () => {
    const w = new Watcher();
    w.see('client', TH_SYN, { seq: 100 });
    expect(w.table.count).toBe(1);
    w.see('server', TH_RST | TH_ACK, { ack: 101 });
    expect(w.table.count).toBe(0);
  });

  test.each([
    { name: 'acknowledges what was never sent', seq: 501, ack: 9_000_000 },
    { name: 'is far beyond the window', seq: 9_000_000, ack: 101 },
  ])('a segment that $name is invalid', ({ seq, ack }) => {
    const w = new Watcher();
    w.open();
    expect(w.see('server', TH_ACK, { seq, ack })).toBe('INVALID');
    w.table.sysctl.nf_conntrack_tcp_be_liberal = 1;
    expect(w.see('server', TH_ACK, { seq, ack })).toBe('ESTABLISHED_REPLY ESTABLISHED');
  });

  test('a reset with an old number does not end the connection', () => {
    const w = new Watcher();
    w.open();
    expect(w.see('server', TH_RST, { seq: 400 })).toBe('INVALID');
    expect(w.see('server', TH_RST, { seq: 501 })).toBe('ESTABLISHED_REPLY CLOSE');
  });

  test('a connection is picked up in the middle unless nf_conntrack_tcp_loose is 0', () => {
    const w = new Watcher();
    expect(w.see('client', TH_ACK, { seq: 7, ack: 9 })).toBe('NEW ESTABLISHED');
    const strict = new Watcher();
    strict.table.sysctl.nf_conntrack_tcp_loose = 0;
    expect(strict.see('client', TH_ACK, { seq: 7, ack: 9 })).toBe('INVALID');
  });

  test('a new SYN after TIME_WAIT begins anew', () => {
    const w = new Watcher();
    w.open();
    w.see('client', TH_FIN | TH_ACK, { seq: 101, ack: 501 });
    w.see('server', TH_FIN | TH_ACK, { seq: 501, ack: 102 });
    w.see('client', TH_ACK, { seq: 102, ack: 502 });
    expect(w.see('client', TH_SYN, { seq: 900 })).toBe('NEW SYN_SENT');
    expect(w.table.count).toBe(1);
  });

  test('a full table makes room by an entry that is not assured, else the packet is lost', () => {
    const w = new Watcher();
    w.table.globals.nf_conntrack_max = 1;
    expect(w.see('client', TH_SYN, { srcPort: 1 })).toBe('NEW SYN_SENT');
    expect(w.see('client', TH_SYN, { srcPort: 2 })).toBe('NEW SYN_SENT');
    expect(w.table.count).toBe(1);
    expect(w.table.stats.early_drop).toBe(1);
    const full = new Watcher();
    full.open();
    full.table.globals.nf_conntrack_max = 1;
    expect(full.see('client', TH_SYN, { srcPort: 2 })).toBe('INVALID');
    expect(full.table.stats.drop).toBe(1);
  });

  test('entries expire, at the latest when somebody looks', () => {
    const w = new Watcher();
    w.see('client', TH_SYN, { seq: 100 });
    w.bed.run(121_000_000);
    expect(w.table.dump()).toEqual([]);
    expect(w.see('server', TH_SYN | TH_ACK, { seq: 500, ack: 101 })).toBe('INVALID');
  });
});
