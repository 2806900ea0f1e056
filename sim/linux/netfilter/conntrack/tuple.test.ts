import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { icmpTuple, invertTuple, type NfTuple, tupleEqual, tupleKey } from './tuple';

const port = fc.integer({ min: 0, max: 65_535 });
const ip = fc.integer({ min: 0, max: 0xffff_ffff });
const tuple: fc.Arbitrary<NfTuple> = fc.record({
  src: ip,
  dst: ip,
  proto: fc.constantFrom(6, 17, 47),
  srcPort: port,
  dstPort: port,
});

describe('nf_ct_invert_tuple()', () => {
  test('twice is the same again', () => {
    fc.assert(
      fc.property(tuple, (t) => {
        const back = invertTuple(t);
        const again = back && invertTuple(back);
        return again !== undefined && tupleEqual(again, t);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    { name: 'an echo request by its reply', type: 8, proto: 1, want: 0 },
    { name: 'a timestamp by its reply', type: 13, proto: 1, want: 14 },
    { name: 'an echo request of IPv6', type: 128, proto: 58, want: 129 },
    { name: 'an error by nothing', type: 3, proto: 1, want: undefined },
  ])('answers $name', ({ type, proto, want }) => {
    const query = { src: 1, dst: 2, proto, srcPort: 77, dstPort: icmpTuple(type, 0) };
    const answer = invertTuple(query);
    const expected = { src: 2, dst: 1, proto, srcPort: 77, dstPort: icmpTuple(want ?? 0, 0) };
    expect(answer).toEqual(want === undefined ? undefined : expected);
  });

  test('keys differ by zone', () => {
    const t = { src: 1, dst: 2, proto: 17, srcPort: 3, dstPort: 4 };
    expect(tupleKey(t, 0)).not.toBe(tupleKey(t, 7));
  });
});
