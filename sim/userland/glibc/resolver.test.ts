import { describe, expect, test } from 'vitest';
import { writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { openUdp, recvfrom } from '../../linux/socket/socket';
import { Machine } from '../../test/machine';
import {
  C_IN,
  type DnsMessage,
  type DnsRecord,
  decodeDns,
  encodeDns,
  RCODE_NXDOMAIN,
  RCODE_SERVFAIL,
  T_A,
  T_CNAME,
  T_PTR,
} from '../../wire/dns';
import { parseIpv4 } from '../../wire/ip';
import { curl } from '../curl/curl';
import { getent } from '../libc-bin/getent';
import { serve } from '../serve/serve';
import { getopt } from './getopt';
import { parseHosts } from './hosts';
import { inetAton } from './inet-aton';
import { parseResolvConf, searchNames } from './resolv-conf';

const a = (name: string, address: string): DnsRecord => ({
  name,
  type: T_A,
  class: C_IN,
  ttl: 60,
  data: { kind: 'a', address: parseIpv4(address) ?? 0 },
});

const ZONE: readonly DnsRecord[] = [
  a('web.default.svc.cluster.local.', '10.96.0.10'),
  a('db.prod.svc.cluster.local.', '10.96.0.20'),
  a('s.', '10.0.0.53'),
  { name: 'alias.', type: T_CNAME, class: C_IN, ttl: 60, data: { kind: 'name', name: 's.' } },
  {
    name: '53.0.0.10.in-addr.arpa.',
    type: T_PTR,
    class: C_IN,
    ttl: 60,
    data: { kind: 'name', name: 'server.example.' },
  },
];

/** Answers from ZONE; what it was asked goes into `log`. */
const nameServer = (log: string[], mode: 'answer' | 'servfail' | 'silent'): Program =>
  function* (proc) {
    const { sock } = openUdp(proc, 4);
    sock.bind({ addr: 0, port: 53 });
    for (;;) {
      const got = yield* recvfrom(proc, sock);
      if (typeof got === 'string') return 1;
      const query = decodeDns(got.data);
      const question = query.ok ? query.value.questions[0] : undefined;
      if (!query.ok || !question) continue;
      log.push(`${question.name} ${question.type}`);
      if (mode === 'silent') continue;
      const chain = ZONE.filter((r) => r.name === question.name && r.type === T_CNAME);
      const target = chain[0]?.data.kind === 'name' ? chain[0].data.name : question.name;
      const known = ZONE.some((r) => r.name === question.name);
      const rcode = mode === 'servfail' ? RCODE_SERVFAIL : known ? 0 : RCODE_NXDOMAIN;
      const answers = ZONE.filter((r) => r.name === target && r.type === question.type);
      const reply: DnsMessage = {
        ...query.value,
        qr: true,
        ra: true,
        rcode,
        answers: mode === 'servfail' ? [] : [...chain, ...answers],
      };
      sock.sendto(encodeDns(reply), got.from);
    }
  };

const CLUSTER =
  'nameserver 10.0.0.53\nsearch default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5 timeout:1 attempts:1\n';

function cluster(resolvConf = CLUSTER, mode: 'answer' | 'servfail' | 'silent' = 'answer') {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.53/24']);
  writeFileAt(m.host.init, '/etc/resolv.conf', resolvConf);
  const log: string[] = [];
  m.start('s', nameServer(log, mode), 'dns');
  m.run(0.1);
  return { m, log };
}

describe('getent hosts', () => {
  test.each([
    ['web', '10.96.0.10      web.default.svc.cluster.local\n', 0],
    ['db.prod', '10.96.0.20      db.prod.svc.cluster.local\n', 0],
    ['db', '', 2],
    ['alias', '10.0.0.53       s\n', 0],
    ['10.0.0.53', '10.0.0.53       server.example\n', 0],
    ['localhost', '127.0.0.1       localhost\n', 0],
  ])('%s', (name, stdout, code) => {
    const ran = cluster().m.exec('c', getent, `getent hosts ${name}`);
    expect([ran.stdout, ran.code]).toEqual([stdout, code]);
  });

  test('asks the search list first when the name has few dots', () => {
    const { m, log } = cluster();
    m.exec('c', getent, 'getent ahostsv4 db.prod');
    expect(log).toEqual(['db.prod.default.svc.cluster.local. 1', 'db.prod.svc.cluster.local. 1']);
  });
});

describe('servers that do not help', () => {
  test.each([
    ['servfail' as const, 'curl: (6) Could not resolve host: web\n', 100_000],
    ['silent' as const, 'curl: (6) Could not resolve host: web\n', 1_100_000],
  ])('%s', (mode, stderr, atMostUs) => {
    const { m } = cluster(CLUSTER, mode);
    const ran = m.exec('c', curl, 'curl -sS http://web/');
    expect([ran.stderr, ran.code, ran.tookUs <= atMostUs]).toEqual([stderr, 6, true]);
  });

  test('a second server is asked when the first is silent', () => {
    const { m } = cluster('nameserver 10.0.0.99\nnameserver 10.0.0.53\noptions timeout:1\n');
    m.start('s', serve, 'serve 80 hello');
    const ran = m.exec('c', curl, 'curl -sS http://s/');
    expect([ran.stdout, ran.code]).toEqual(['hello from 10.0.0.1\n', 0]);
  });
});

test.each([
  ['web', 1, ['a.b'], ['web.a.b.', 'web.']],
  ['web.x', 1, ['a.b'], ['web.x.', 'web.x.a.b.']],
  ['web.x', 5, ['a.b', 'c'], ['web.x.a.b.', 'web.x.c.', 'web.x.']],
  ['web.', 5, ['a.b'], ['web.']],
])('%s with ndots:%i', (name, ndots, search, want) => {
  const conf = parseResolvConf(`search ${search.join(' ')}\noptions ndots:${ndots}\n`);
  expect(searchNames(name, conf)).toEqual(want);
});

test.each([
  ['127.1', 0x7f00_0001],
  ['10.0.0.1', 0x0a00_0001],
  ['0x7f000001', 0x7f00_0001],
  ['010.0.0.1', 0x0800_0001],
  ['1.2.3.256', undefined],
  ['a.b', undefined],
])('inet_aton(%s)', (text, want) => expect(inetAton(text)).toBe(want));

test('/etc/hosts with comments', () => {
  expect(parseHosts('# x\n10.0.0.1\tweb www # y\nbad line\n')).toEqual([
    { addr: 0x0a00_0001, names: ['web', 'www'] },
  ]);
});

describe('getopt', () => {
  const long = [{ name: 'count', short: 'c', argument: 'required' as const }, { name: 'color' }];
  test.each([
    ['-c 3 x', { options: [['c', '3']], operands: ['x'] }],
    ['-vc3 x -v', { options: [['v'], ['c', '3'], ['v']], operands: ['x'] }],
    ['--cou=4 -- -v', { options: [['c', '4']], operands: ['-v'] }],
    ['--co', { error: "p: option '--co' is ambiguous; possibilities: '--count' '--color'\n" }],
    ['-z', { error: "p: invalid option -- 'z'\n" }],
    ['-c', { error: "p: option requires an argument -- 'c'\n" }],
    ['--nope', { error: "p: unrecognized option '--nope'\n" }],
  ])('%s', (args, want) => {
    const got = getopt(['p', ...args.split(' ')], 'vc:', long);
    const shown = got.ok
      ? {
          options: got.options.map((o) => (o.value === undefined ? [o.name] : [o.name, o.value])),
          operands: got.operands,
        }
      : { error: got.error };
    expect(shown).toEqual(want);
  });
});
