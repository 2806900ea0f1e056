import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Session } from '../../test/session';

const RUNS = 40;

/** Words of command lines: options, arguments that fit and arguments that do not. */
const WORD = fc.oneof(
  fc.constantFrom(
    ...'-A -D -I -R -C -L -S -F -Z -N -X -P -E -t -s -d -p -i -o -j -g -m -n -v -x -c -f -w -W'.split(
      ' ',
    ),
    ...'! --dport --sport --syn --tcp-flags --ctstate --mark --to-destination --comment'.split(' '),
    ...'INPUT FORWARD OUTPUT PREROUTING X filter nat tcp udp icmp ACCEPT DROP REJECT DNAT'.split(
      ' ',
    ),
    ...'10.0.0.1 10.0.0.0/8 10.0.0.1,10.0.0.2 80 1:5 0 1 99 eth0 eth+ NEW,ESTABLISHED 0x1/0xf'.split(
      ' ',
    ),
  ),
  fc.stringMatching(/^[!-~]{1,12}$/).filter((word) => !/["']/.test(word)),
);

test('any command line has a text and a status', () => {
  const session = new Session();
  fc.assert(
    fc.property(
      fc.constantFrom('iptables', 'ip6tables', 'iptables-save', 'iptables-restore', 'nft'),
      fc.array(WORD, { maxLength: 9 }),
      (program, words) => {
        const answer = session.type([program, ...words].join(' '));
        expect(answer.endsWith('\n') || answer === '').toBe(true);
        expect(answer).not.toContain('[127]');
      },
    ),
    { numRuns: RUNS * 5 },
  );
});

const ADDRESS = fc.constantFrom('10.0.0.0/8', '10.1.2.3', '192.168.0.0/255.255.0.255', '0.0.0.0/1');
const PORTS = fc
  .tuple(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 65_535 }))
  .map(([a, b]) => `${Math.min(a, b)}:${Math.max(a, b)}`);
const NOT = fc.constantFrom('', '! ');
const TARGET = fc.constantFrom('', '-j ACCEPT', '-j DROP', '-j REJECT', '-j RETURN', '-j USER');

/** A rule that iptables takes. */
const RULE = fc
  .record({
    chain: fc.constantFrom('INPUT', 'FORWARD', 'OUTPUT', 'USER2'),
    source: fc.tuple(NOT, ADDRESS).map(([not, address]) => `${not}-s ${address}`),
    protocol: fc.constantFrom('tcp', 'udp'),
    ports: fc
      .tuple(NOT, fc.constantFrom('--dport', '--sport'), PORTS)
      .map((parts) => parts.join(' ')),
    comment: fc.constantFrom('', '-m comment --comment "a b"', '-m mark --mark 0x1/0x3'),
    target: TARGET,
  })
  .map(({ chain, comment, ports, protocol, source, target }) =>
    `-A ${chain} ${source} -p ${protocol} ${ports} ${comment} ${target}`.trim(),
  );

test('what iptables-save wrote, iptables-restore makes again', () => {
  fc.assert(
    fc.property(fc.array(RULE, { maxLength: 8 }), (rules) => {
      const session = new Session();
      const lines = ['*filter', ':INPUT DROP [0:0]', ':USER - [0:0]', ':USER2 - [0:0]', ...rules];
      session.file('/tmp/rules', `${lines.join('\n')}\nCOMMIT\n`);
      expect(session.type('iptables-restore /tmp/rules')).toBe('');
      const saved = withoutDates(session.type('iptables-save'));
      session.file('/tmp/saved', saved);
      expect(session.type('iptables-restore /tmp/saved')).toBe('');
      expect(withoutDates(session.type('iptables-save'))).toBe(saved);
      expect(saved.split('\n').filter((line) => line.startsWith('-A'))).toHaveLength(rules.length);
    }),
    { numRuns: RUNS },
  );
});

const withoutDates = (text: string): string => text.replace(/^# .*\n/gm, '');

test('a batch that fails leaves everything as it was', () => {
  const session = new Session();
  session.type('iptables -A INPUT -s 10.0.0.1 -j ACCEPT');
  const before = withoutDates(session.type('iptables-save'));
  session.file('/tmp/bad', '*filter\n-A INPUT -j DROP\n-A INPUT -j MASQUERADE\nCOMMIT\n');
  expect(session.type('iptables-restore /tmp/bad')).toBe(
    'iptables-restore v1.8.9 (nf_tables): \n' +
      'line 3: RULE_APPEND failed (Invalid argument): rule in chain INPUT\n[4]\n',
  );
  expect(withoutDates(session.type('iptables-save'))).toBe(before);
});

test('rules of a batch may stand before rules of the same batch', () => {
  const session = new Session();
  const lines = ['-A INPUT -s 1.1.1.1', '-I INPUT 1 -s 2.2.2.2', '-I INPUT 2 -s 3.3.3.3'];
  session.file('/tmp/r', `*filter\n${lines.join('\n')}\n-D INPUT 1\nCOMMIT\n`);
  expect(session.type('iptables-restore /tmp/r')).toBe('');
  expect(session.type('iptables -S INPUT')).toBe(
    '-P INPUT ACCEPT\n-A INPUT -s 3.3.3.3/32\n-A INPUT -s 1.1.1.1/32\n',
  );
});
