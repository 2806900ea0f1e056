import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LINKTYPE_ETHERNET,
  LINKTYPE_LINUX_SLL2,
  pcapFileHeader,
  readPcap,
  snapped,
  writePcap,
} from './pcap';
import { decodeSll2, encodeSll2, PACKET_OUTGOING } from './sll2';

const record = fc.record({
  epochUs: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
  bytes: fc.uint8Array({ maxLength: 60 }),
  length: fc.integer({ min: 0, max: 0xffff }),
});

describe('capture files', () => {
  test('read(write(records)) gives the records', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        const file = readPcap(writePcap(LINKTYPE_LINUX_SLL2, records));
        const want = { linkType: LINKTYPE_LINUX_SLL2, snaplen: 262_144, records };
        expect(file).toEqual({ ok: true, value: want });
      }),
    );
  });

  test('any bytes, and any prefix of a file, are an error or records', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 3 }), fc.uint8Array(), (records, noise) => {
        readPcap(noise);
        const file = writePcap(LINKTYPE_ETHERNET, records);
        for (let n = 0; n < file.length; n++) readPcap(file.subarray(0, n));
      }),
    );
  });

  test('a little-endian file is read', () => {
    const hex =
      'd4c3b2a1020004000000000000000000ffff000001000000' + '0a000000070000000200000003000000abcd';
    expect(readPcap(Uint8Array.from(Buffer.from(hex, 'hex')))).toEqual({
      ok: true,
      value: {
        linkType: LINKTYPE_ETHERNET,
        snaplen: 65_535,
        records: [{ epochUs: 10_000_007, bytes: Uint8Array.of(0xab, 0xcd), length: 3 }],
      },
    });
  });

  test.each([
    {
      name: 'empty',
      bytes: new Uint8Array(0),
      want: { kind: 'truncatedFileHeader', wanted: 4, got: 0 },
    },
    {
      name: 'half a header',
      bytes: pcapFileHeader(1).subarray(0, 12),
      want: { kind: 'truncatedFileHeader', wanted: 24, got: 12 },
    },
    { name: 'text', bytes: Uint8Array.from(Buffer.from('hello')), want: { kind: 'unknownFormat' } },
  ])('$name is refused', ({ bytes, want }) =>
    expect(readPcap(bytes)).toEqual({ ok: false, error: want }),
  );

  test('a cut record is told', () => {
    const file = writePcap(1, [snapped(new Uint8Array(10), 5, 4)]);
    expect(readPcap(file.subarray(0, file.length - 1))).toMatchObject({
      ok: true,
      value: { records: [], cut: { part: 'captured', wanted: 4, got: 3 } },
    });
  });
});

describe('cooked packets', () => {
  test('decode(encode(p)) is p', () => {
    const payload = {
      kind: 'arp' as const,
      op: 1,
      sha: 0x0200_0000_0001,
      spa: 0x0a000001,
      tha: 0,
      tpa: 0x0a000002,
    };
    const meta = { ifindex: 3, packetType: PACKET_OUTGOING, hardwareType: 1 };
    const packet = { src: 0x0200_0000_0001, payload };
    expect(decodeSll2(encodeSll2(packet, meta))).toEqual({
      ok: true,
      value: { ...meta, ...packet },
    });
  });
});
