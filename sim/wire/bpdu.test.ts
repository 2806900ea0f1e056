import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bpdu, compareBridgeId, decodeBpdu, encodeBpdu } from './bpdu';

const u16 = fc.nat(0xffff);
const bridgeId = fc.record({ priority: u16, mac: fc.nat(0xffff_ffff) });
const config = fc.record({
  kind: fc.constant('config' as const),
  topologyChange: fc.boolean(),
  topologyChangeAck: fc.boolean(),
  root: bridgeId,
  rootPathCost: fc.nat(0x7fff_ffff),
  bridge: bridgeId,
  portId: u16,
  messageAge: u16,
  maxAge: u16,
  helloTime: u16,
  forwardDelay: u16,
});
const bpdu: fc.Arbitrary<Bpdu> = fc.oneof(config, fc.constant({ kind: 'tcn' as const }));

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

test('a root bridge of Linux 6.18 sent these bytes', () => {
  const root = { priority: 0x8000, mac: 0x0200_0000_00b0 };
  const bytes = encodeBpdu({
    kind: 'config',
    topologyChange: true,
    topologyChangeAck: false,
    root,
    rootPathCost: 0,
    bridge: root,
    portId: 0x8001,
    messageAge: 0,
    maxAge: 20 * 256,
    helloTime: 2 * 256,
    forwardDelay: 2 * 256,
  });
  const recorded =
    '424203000000000180000200000000b00000000080000200000000b08001000014000200' + '0200';
  expect(bytes).toEqual(fromHex(recorded));
});

test('what was encoded is decoded', () => {
  fc.assert(
    fc.property(bpdu, (value) => {
      expect(decodeBpdu(encodeBpdu(value))).toEqual({ ok: true, value });
    }),
    { numRuns: 200 },
  );
});

test('any bytes, and any start of a BPDU, give a BPDU or a typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bpdu, fc.nat(40), (bytes, value, cut) => {
      for (const input of [bytes, encodeBpdu(value).slice(0, cut)]) {
        const read = decodeBpdu(input);
        expect(read.ok || read.error.protocol === 'stp').toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('the priority of a bridge counts before its address', () => {
  const low = { priority: 0x1000, mac: 0xffff_ffff_ffff };
  const high = { priority: 0x8000, mac: 1 };
  expect(compareBridgeId(low, high)).toBeLessThan(0);
  expect(compareBridgeId(high, { priority: 0x8000, mac: 2 })).toBeLessThan(0);
});
