import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { XtLog } from '../xt-target';
import { dumpIpv4, dumpIpv6 } from './log-dump';

const FLAGS: XtLog = {
  name: 'LOG',
  level: 4,
  prefix: '',
  tcpSequence: true,
  tcpOptions: true,
  ipOptions: true,
  uid: false,
  macdecode: false,
};

const viewOf = (hex: string): DataView => {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new DataView(bytes.buffer);
};

const SYN =
  '4500003c1c4640004006b1e60a0100020a020002' +
  '9c400050000003e80000000080026000fe300000' +
  '020405b40402080a0000000100000000';

const dump4 = (hex: string): string =>
  dumpIpv4({ view: viewOf(hex), flags: FLAGS, outermost: true });

const SYN_TEXT =
  'SRC=10.1.0.2 DST=10.2.0.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=7238 DF PROTO=TCP SPT=40000 DPT=80 ' +
  'SEQ=1000 ACK=0 WINDOW=24576 RES=0x00 SYN URGP=0 ';

describe('nf_log_syslog', () => {
  test('options of TCP where the header has them', () => {
    const doff9 = SYN.replace('80026000', '90026000');
    expect(dump4(doff9)).toBe(`${SYN_TEXT}OPT (020405B40402080A0000000100000000) `);
  });

  test('an error shows the packet that it is about, cut where it was', () => {
    const error = `450000380000000040010000${'0a010001'}${'0a010002'}030300000000${'0000'}`;
    expect(dump4(error + SYN.slice(0, 56))).toBe(
      'SRC=10.1.0.1 DST=10.1.0.2 LEN=56 TOS=0x00 PREC=0x00 TTL=64 ID=0 PROTO=ICMP TYPE=3 CODE=3 ' +
        '[SRC=10.1.0.2 DST=10.2.0.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=7238 DF PROTO=TCP INCOMPLETE [8 bytes] ] ',
    );
  });

  test('any bytes are a text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (bytes, six) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const dumped = { view, flags: FLAGS, outermost: true };
        expect(typeof (six ? dumpIpv6(dumped) : dumpIpv4(dumped))).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});
