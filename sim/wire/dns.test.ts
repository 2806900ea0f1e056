import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8Encode } from '../base/bytes';
import {
  type DnsData,
  type DnsMessage,
  type DnsRecord,
  decodeDns,
  dnsQuery,
  encodeDns,
} from './dns';
import { foldName, fqdn, nameLabels } from './dns-name';
import { parseIpv4, parseIpv6 } from './ip';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const label = fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/);
const name = fc.oneof(
  fc.constant('.'),
  fc.array(label, { minLength: 1, maxLength: 5 }).map((l) => `${l.join('.')}.`),
  fc.constantFrom('svc.cluster.local.', 'web.default.svc.cluster.local.', 'a\\.b.c\\009d.'),
);
const bytes = fc.uint8Array({ maxLength: 40 });

const typed: fc.Arbitrary<{ type: number; data: DnsData }> = fc.oneof(
  u32.map((address) => ({ type: 1, data: { kind: 'a' as const, address } })),
  fc
    .bigInt({ min: 0n, max: (1n << 128n) - 1n })
    .map((address) => ({ type: 28, data: { kind: 'aaaa' as const, address } })),
  fc
    .tuple(fc.constantFrom(2, 5, 12), name)
    .map(([type, n]) => ({ type, data: { kind: 'name' as const, name: n } })),
  fc
    .record({
      mname: name,
      rname: name,
      serial: u32,
      refresh: u32,
      retry: u32,
      expire: u32,
      minimum: u32,
    })
    .map((soa) => ({ type: 6, data: { kind: 'soa' as const, ...soa } })),
  fc
    .record({ preference: u16, exchange: name })
    .map((mx) => ({ type: 15, data: { kind: 'mx' as const, ...mx } })),
  fc
    .record({ priority: u16, weight: u16, port: u16, target: name })
    .map((srv) => ({ type: 33, data: { kind: 'srv' as const, ...srv } })),
  fc
    .array(bytes, { maxLength: 3 })
    .map((strings) => ({ type: 16, data: { kind: 'txt' as const, strings } })),
  bytes.map((b) => ({ type: 99, data: { kind: 'bytes' as const, bytes: b } })),
);
const record: fc.Arbitrary<DnsRecord> = fc
  .record({ name, class: u16, ttl: u32, typed })
  .map(({ typed: t, ...r }) => ({ ...r, ...t }));
const section = fc.array(record, { maxLength: 4 });
const message: fc.Arbitrary<DnsMessage> = fc
  .record(
    {
      id: u16,
      qr: fc.boolean(),
      opcode: fc.integer({ min: 0, max: 15 }),
      aa: fc.boolean(),
      tc: fc.boolean(),
      rd: fc.boolean(),
      ra: fc.boolean(),
      ad: fc.boolean(),
      cd: fc.boolean(),
      rcode: fc.integer({ min: 0, max: 15 }),
      questions: fc.array(fc.record({ name, type: u16, class: u16 }), { maxLength: 2 }),
      answers: section,
      authorities: section,
      additionals: section,
      edns: fc.record({
        udpSize: u16,
        version: u8,
        dnssecOk: fc.boolean(),
        options: fc.array(fc.record({ code: u16, data: bytes }), { maxLength: 2 }),
      }),
    },
    {
      requiredKeys: [
        'id',
        'qr',
        'opcode',
        'aa',
        'tc',
        'rd',
        'ra',
        'ad',
        'cd',
        'rcode',
        'questions',
        'answers',
        'authorities',
        'additionals',
      ],
    },
  )
  .map((m) => m);

describe('messages', () => {
  test('decode(encode(m)) is m', () => {
    fc.assert(
      fc.property(message, (m) => {
        expect(decodeDns(encodeDns(m))).toEqual({ ok: true, value: m });
      }),
      { numRuns: 300 },
    );
  });

  test('an extended rcode needs and uses the OPT record', () => {
    const m: DnsMessage = {
      ...dnsQuery(1, { name: '.', type: 1, class: 1 }),
      rcode: 23,
      edns: { udpSize: 1232, version: 0, dnssecOk: false, options: [] },
    };
    expect(decodeDns(encodeDns(m))).toEqual({ ok: true, value: m });
  });

  test('every truncated prefix and arbitrary bytes give an error or a value', () => {
    fc.assert(
      fc.property(message, fc.uint8Array({ maxLength: 120 }), (m, noise) => {
        const encoded = encodeDns(m);
        for (let n = 0; n < encoded.length; n++) decodeDns(encoded.subarray(0, n));
        decodeDns(noise);
        // A real header before the noise, so that names and records are reached.
        decodeDns(new Uint8Array([0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, ...noise]));
      }),
      { numRuns: 100 },
    );
  });

  test('names are compressed: an answer of three A records', () => {
    const a = (address: string): DnsRecord => ({
      name: 'web.default.svc.cluster.local.',
      type: 1,
      class: 1,
      ttl: 5,
      data: { kind: 'a', address: Number(parseIpv4(address)) },
    });
    const m: DnsMessage = {
      ...dnsQuery(7, { name: 'web.default.svc.cluster.local.', type: 1, class: 1 }),
      qr: true,
      answers: [a('10.0.0.1'), a('10.0.0.2'), a('10.0.0.3')],
    };
    // 12 header, 31 + 4 question, 3 times a pointer (2), 10 and 4.
    expect(encodeDns(m).length).toBe(12 + 35 + 3 * 16);
  });

  test('a suffix of an earlier name is pointed to', () => {
    const m: DnsMessage = {
      ...dnsQuery(7, { name: 'a.example.com.', type: 5, class: 1 }),
      qr: true,
      answers: [
        {
          name: 'a.example.com.',
          type: 5,
          class: 1,
          ttl: 5,
          data: { kind: 'name', name: 'b.example.com.' },
        },
      ],
    };
    const encoded = encodeDns(m);
    expect([...encoded.subarray(-4)]).toEqual([1, 'b'.charCodeAt(0), 0xc0, 14]);
  });

  test('a pointer loop is refused', () => {
    const loop = Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1);
    expect(decodeDns(loop)).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  });
});

describe('names', () => {
  test.each([
    { name: 'a label of 64 bytes', text: `${'x'.repeat(64)}.com.`, legal: false },
    { name: 'a label of 63 bytes', text: `${'x'.repeat(63)}.com.`, legal: true },
    { name: 'an empty label', text: 'a..b.', legal: false },
    { name: 'more than 255 bytes', text: 'abcdefgh.'.repeat(29), legal: false },
    { name: 'the root', text: '.', legal: true },
  ])('$name', ({ text, legal }) => expect(nameLabels(text) !== undefined).toBe(legal));

  test('the last dot', () => {
    expect(fqdn('a.b')).toBe('a.b.');
    expect(fqdn('a.b.')).toBe('a.b.');
    expect(fqdn('a\\.')).toBe('a\\..');
    expect(foldName('WwW.Example.')).toBe('www.example.');
  });

  test('TXT and addresses come back as they were', () => {
    const strings = [utf8Encode('v=1'), utf8Encode('two words')];
    const txt: DnsRecord = {
      name: 't.',
      type: 16,
      class: 1,
      ttl: 0,
      data: { kind: 'txt', strings },
    };
    const aaaa: DnsRecord = {
      name: 't.',
      type: 28,
      class: 1,
      ttl: 0,
      data: { kind: 'aaaa', address: parseIpv6('fd00::10') ?? 0n },
    };
    const m = { ...dnsQuery(1, { name: 't.', type: 255, class: 1 }), answers: [txt, aaaa] };
    expect(decodeDns(encodeDns(m))).toEqual({ ok: true, value: m });
  });
});
