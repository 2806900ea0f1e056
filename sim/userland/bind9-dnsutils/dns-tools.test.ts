import { describe, expect, test } from 'vitest';
import { writeFileAt } from '../../linux/files';
import { Machine } from '../../test/machine';
import { dnsmasq } from '../dnsmasq/dnsmasq';
import { dig } from './dig';
import { host } from './host';
import { nslookup } from './nslookup';

const CONF = `no-resolv
no-hosts
domain-needed
bind-interfaces
listen-address=10.0.0.53
local=/lab/
address=/web.lab/10.1.1.1
host-record=multi.lab,10.1.1.2
cname=www.lab,multi.lab
txt-record=txt.lab,hello world
srv-host=_http._tcp.lab,multi.lab,8080,1,10
ptr-record=1.1.1.10.in-addr.arpa,web.lab
`;

function lab(): Machine {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.53/24']);
  writeFileAt(m.host.init, '/tmp/dnsmasq.conf', CONF);
  writeFileAt(m.host.init, '/etc/resolv.conf', 'nameserver 10.0.0.53\nsearch lab\n');
  m.start('s', dnsmasq, 'dnsmasq -k -C /tmp/dnsmasq.conf');
  m.run(0.1);
  return m;
}

describe('dig', () => {
  test.each([
    ['dig +short @10.0.0.53 web.lab', '10.1.1.1\n'],
    ['dig +short @10.0.0.53 deep.web.lab', '10.1.1.1\n'],
    ['dig +short +search multi', '10.1.1.2\n'],
    ['dig +short multi', ''],
    [
      'dig +noall +answer @10.0.0.53 www.lab',
      'www.lab.\t\t0\tIN\tCNAME\tmulti.lab.\nmulti.lab.\t\t0\tIN\tA\t10.1.1.2\n',
    ],
    ['dig +short @10.0.0.53 txt.lab TXT', '"hello world"\n'],
    ['dig +short @10.0.0.53 _http._tcp.lab SRV', '1 10 8080 multi.lab.\n'],
    ['dig +short @10.0.0.53 -x 10.1.1.1', 'web.lab.\n'],
    ['dig +tcp +short @10.0.0.53 web.lab', '10.1.1.1\n'],
  ])('%s', (args, stdout) => {
    const ran = lab().exec('c', dig, args);
    expect([ran.stdout, ran.code]).toEqual([stdout, 0]);
  });

  test.each([
    ['nosuch.lab', 'NXDOMAIN'],
    ['example.com', 'REFUSED'],
    ['multi.lab AAAA', 'NOERROR'],
    ['plain', 'NXDOMAIN'],
  ])('status of %s', (what, status) => {
    const ran = lab().exec('c', dig, `dig @10.0.0.53 ${what}`);
    expect(ran.stdout).toContain(`status: ${status},`);
  });

  test('no server', () => {
    const ran = lab().exec('c', dig, 'dig +timeout=1 +tries=1 +short @10.0.0.99 web.lab');
    expect([ran.stdout, ran.code]).toEqual([
      ';; communications error to 10.0.0.99#53: timed out\n;; no servers could be reached\n',
      9,
    ]);
  });
});

test.each([
  ['host web', 'web.lab has address 10.1.1.1\n', 0],
  ['host www', 'www.lab is an alias for multi.lab.\nmulti.lab has address 10.1.1.2\n', 0],
  ['host 10.1.1.1', '1.1.1.10.in-addr.arpa domain name pointer web.lab.\n', 0],
  ['host nosuch', 'Host nosuch not found: 3(NXDOMAIN)\n', 1],
])('%s', (args, stdout, code) => {
  const ran = lab().exec('c', host, args);
  expect([ran.stdout, ran.code]).toEqual([stdout, code]);
});

const SERVER = 'Server:\t\t10.0.0.53\nAddress:\t10.0.0.53#53\n\n';
test.each([
  ['nslookup web', `${SERVER}Name:\tweb.lab\nAddress: 10.1.1.1\n\n`, 0],
  ['nslookup nosuch', `${SERVER}** server can't find nosuch: NXDOMAIN\n\n`, 1],
  ['nslookup 10.1.1.1', '1.1.1.10.in-addr.arpa\tname = web.lab.\n\n', 0],
])('%s', (args, stdout, code) => {
  const ran = lab().exec('c', nslookup, args);
  expect([ran.stdout, ran.code]).toEqual([stdout, code]);
});
