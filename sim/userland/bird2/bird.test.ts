import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeFileAt } from '../../linux/files';
import { Machine } from '../../test/machine';
import { parseCidr } from '../../wire/ip';
import { bird } from './bird';
import { birdc } from './birdc';
import { parseConstant } from './filter/parse';
import { formatValue } from './filter/value';
import { newConfig, parseConfig } from './parse-config';
import { Parser } from './parser';
import { netHash } from './table';

const noInclude = () => ({ error: 'No such file or directory' });

/** What bird says of a configuration, without the file's name. */
function problem(text: string): string {
  const parsed = parseConfig('c', text, noInclude);
  if (parsed.kind !== 'error') return parsed.kind;
  const { line, column, message } = parsed.error;
  return `${line}:${column} ${message}`;
}

describe('configuration errors, as recorded', () => {
  test.each([
    [
      'protocol static { ipv4; route 10.0.0.0/8 blackhole }',
      "1:52 syntax error, unexpected '}', expecting ';' or '{'",
    ],
    ['protocol bgp a { neighbor 10.0.0.1 as 1; ipv4; }', '1:48 Local AS number must be set'],
    ['protocol nosuch { }', '1:10 syntax error, unexpected CF_SYM_UNDEFINED'],
    [
      'protocol static { ipv4; route 10.0.0.1/8 blackhole; }',
      '1:40 Invalid IPv4 prefix 10.0.0.1/8, maybe you wanted 10.0.0.0/8',
    ],
    ['"unterminated\n', '1:14 Unterminated string'],
    ['router id 300.1.1.1;', '1:11 Invalid IPv4 address 300.1.1.1'],
    ['protocol device {\n', '1:0 syntax error, unexpected END'],
    ['include "/nofile";', '1:10 Unable to open included file /nofile: No such file or directory'],
  ])('%s', (text, want) => expect(problem(text)).toBe(want));

  test('any text gives a configuration or a typed error', () => {
    const words = [
      'protocol',
      'bgp',
      'static',
      '{',
      '}',
      ';',
      'ipv4',
      'filter',
      'f',
      'if',
      '(',
      ')',
      '[',
      '10.0.0.0/8',
      '=',
      '~',
      '1',
      '"x"',
      'else:',
      'case',
      'then',
      'accept',
    ];
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...words)).map((w) => w.join(' ')),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(['config', 'error', 'missing']).toContain(parseConfig('c', given, noInclude).kind);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['1+2*3', '7'],
  ['10.1.0.0/16 ~ [ 10.0.0.0/8{16,24} ]', 'TRUE'],
  ['10.1.0.0/25 ~ [ 10.0.0.0/8{16,24} ]', 'FALSE'],
  ['10.0.0.0/8 ~ [ 10.1.0.0/16- ]', 'TRUE'],
  ['(65001,7) ~ add(-empty-, (65001,7))', 'TRUE'],
  ['prepend(prepend(+empty+, 3), 2) ~ [= 2 * =]', 'TRUE'],
  ['prepend(+empty+, 3).len', '1'],
])('eval %s', (text, want) => {
  const p = new Parser(newConfig(''), text, noInclude);
  expect(formatValue(parseConstant(p))).toBe(want);
});

test('networks lie in the order of the hash table', () => {
  const recorded = [
    '192.168.5.0/24',
    '192.168.1.0/24',
    '192.168.2.0/24',
    '10.0.0.0/24',
    '192.168.3.0/24',
    '192.168.4.0/24',
  ];
  const hash = (text: string): number => netHash(parseCidr(text) ?? { address: 0, prefixLen: 0 });
  expect([...recorded].sort((a, b) => hash(a) - hash(b))).toEqual(recorded);
});

test('two neighbours establish a session, and the kernel gets the route', () => {
  const m = new Machine();
  m.cable(['a', 'eth0', '10.0.0.1/24'], ['b', 'eth0', '10.0.0.2/24']);
  const config = (id: number, peer: number): string => `router id ${id}.${id}.${id}.${id};
protocol device {}
protocol kernel { ipv4 { export all; }; }
protocol static { ipv4; route 10.${id}.0.0/16 blackhole; }
protocol bgp b1 { local as 6500${id}; neighbor 10.0.0.${peer} as 6500${peer}; connect delay time 1; ipv4 { import all; export all; }; }
`;
  writeFileAt(m.host.init, '/tmp/a.conf', config(1, 2));
  writeFileAt(m.host.init, '/tmp/b.conf', config(2, 1));
  m.start('a', bird, 'bird -f -c /tmp/a.conf -s /tmp/a.ctl');
  m.start('b', bird, 'bird -f -c /tmp/b.conf -s /tmp/b.ctl');
  m.run(5);
  const ran = m.exec('a', birdc, 'birdc -s /tmp/a.ctl show route protocol b1');
  expect(ran.stdout.replace(/\d\d:\d\d:\d\d\.\d{3}/, '<t>')).toBe(
    'BIRD 2.0.12 ready.\nTable master4:\n10.2.0.0/16          unicast [b1 <t>] * (100) [AS65002i]\n\tvia 10.0.0.2 on eth0\n',
  );
  expect(
    m
      .netns('a')
      .fib4.routes(254)
      .some((route) => route.protocol === 12 && route.priority === 32),
  ).toBe(true);
});
