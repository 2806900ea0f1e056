import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networksOf } from './address';
import { parseCommandLine } from './command-line';
import { parseNumber } from './number';
import { parseProtoPort, protoPortText } from './port';
import { splitLine } from './restore-line';

test.each([
  { text: '80', want: 'tcp:80' },
  { text: 'udp:53', want: 'udp:53' },
  { text: 'http', want: 'tcp:80' },
  { text: 'icmp:8/0', want: 'icmp:echo-request' },
  { text: '47:0', want: 'gre:0' },
])('port $text is $want', ({ text, want }) => {
  const ports = parseProtoPort(text);
  expect(ports.ok && protoPortText(ports.value.proto, ports.value.first)).toBe(want);
});

test('a bad port says all that was tried', () => {
  const ports = parseProtoPort('tcp:foo');
  expect(ports.ok ? '' : ports.error.text).toBe(
    "Syntax error: 'foo' is invalid as number\nSyntax error: 'tcp' is invalid as number\n" +
      "cannot parse 'foo' as a tcp port",
  );
});

test.each([
  { argv: ['foo'], want: 'No command specified: unknown argument foo' },
  { argv: ['create'], want: 'Missing mandatory argument to command create' },
  { argv: ['add', 'a'], want: 'Missing second mandatory argument to command add' },
  { argv: ['list', 'a', 'b'], want: 'Unknown argument b' },
  { argv: ['list', '-o', 'json'], want: "Syntax error: unknown output mode 'json'" },
])('$argv: $want', ({ argv, want }) => {
  const line = parseCommandLine(argv);
  expect(line.ok ? '' : line.error.text).toBe(want);
});

test('options stand anywhere and commands may be cut short', () => {
  const line = parseCommandLine(['a', 'set', '10.0.0.1', '-exist']);
  expect(line.ok && [line.value.command, line.value.args, line.value.options.exist]).toEqual([
    'add',
    ['set', '10.0.0.1'],
    true,
  ]);
});

test('the networks of a range are the range, without gaps', () => {
  const address = fc.integer({ min: 1, max: 0xffff_fffe });
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 70_000 }), (first, more) => {
      const last = Math.min(first + more, 0xffff_ffff);
      let next = first;
      for (const { ip, prefixLen } of networksOf(first, last)) {
        expect(ip).toBe(next);
        next = ip + 2 ** (32 - prefixLen);
      }
      expect(next).toBe(last + 1);
    }),
    { numRuns: 200 },
  );
});

test('any text gives a value or a problem', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (text, words) => {
      const ports = parseProtoPort(text);
      expect(ports.ok || ports.error.text.length > 0).toBe(true);
      const number = parseNumber(text, 0, 100);
      expect(number.ok ? number.value <= 100 : number.error.status === 1).toBe(true);
      const line = parseCommandLine(words);
      expect(line.ok || line.error.status > 0).toBe(true);
      expect(splitLine(text).ok).toBe(text.split('"').length % 2 === 1);
    }),
    { numRuns: 300 },
  );
});
