import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEBIAN, UPSTREAM } from '../release';
import { type CniResult, newResult, printResult, resultFromText } from './result';

const RESULT: CniResult = newResult('1.0.0', {
  interfaces: [{ name: 'eth0', mac: '02:00:00:00:00:01', sandbox: '/run/netns/c1' }],
  ips: [{ interface: 0, address: { address: 0x0a010002, prefixLen: 24 }, gateway: 0x0a010001 }],
  routes: [{ dst: { address: 0, prefixLen: 0 } }],
});
const shown = (version: string, release = DEBIAN): unknown => {
  const text = printResult(RESULT, version, release);
  return text.ok ? JSON.parse(text.value) : text.error;
};

describe('a result in the form of each version', () => {
  test('0.2.0 has one address of a family, with its routes', () => {
    expect(shown('0.2.0')).toEqual({
      cniVersion: '0.2.0',
      ip4: { ip: '10.1.0.2/24', gateway: '10.1.0.1', routes: [{ dst: '0.0.0.0/0' }] },
      dns: {},
    });
  });

  test('0.4.0 names the family', () => {
    const ip = { version: '4', interface: 0, address: '10.1.0.2/24', gateway: '10.1.0.1' };
    expect(shown('0.4.0')).toMatchObject({ cniVersion: '0.4.0', ips: [ip] });
  });

  test('an empty dns is left out since cni v1.1', () => {
    expect(shown('1.0.0')).toHaveProperty('dns', {});
    expect(shown('1.0.0', UPSTREAM)).not.toHaveProperty('dns');
  });

  test('an unknown version has no converter', () => {
    expect(shown('1.1.0')).toBe('no converter for CNI result version 1.0.0 to 1.1.0');
  });

  test('is read again as what it was', () => {
    for (const version of ['0.3.0', '0.3.1', '0.4.0', '1.0.0']) {
      const text = printResult(RESULT, version, DEBIAN);
      const back = text.ok ? resultFromText(text.value, DEBIAN) : text;
      expect(back).toEqual({ ok: true, value: { ...RESULT, cniVersion: version } });
    }
  });
});

test('any text is a result or an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = resultFromText(text, DEBIAN);
      if (!read.ok) expect(read.error).not.toBe('');
    }),
    { numRuns: 200 },
  );
});
