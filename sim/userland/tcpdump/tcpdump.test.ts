import { describe, expect, test } from 'vitest';
import { readTextAt } from '../../linux/files';
import { Machine } from '../../test/machine';
import { curl } from '../curl/curl';
import { ping } from '../iputils/ping';
import { serve } from '../serve/serve';
import { tcpdump } from './tcpdump';

function pair(): Machine {
  const m = new Machine();
  m.cable(['a', 'eth0', '10.0.0.1/24'], ['b', 'eth0', '10.0.0.2/24']);
  m.up('a', 'lo');
  return m;
}

/** Time stamps, identifiers and TCP's numbers: what the recordings' normaliser masks. */
const masked = (text: string): string =>
  text
    .replace(/^\d\d:\d\d:\d\d\.\d{6} /gm, '')
    .replace(/(echo (?:request|reply)), id \d+/g, '$1, id <id>')
    .replace(/[0-9a-f]{2}(:[0-9a-f]{2}){5}/g, '<mac>')
    .replace(/(Flags \[[^\]]*\]).*, length (\d+)/g, '$1 length $2');

const LISTENING = 'listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n';
const QUIET = 'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n';

describe('a live capture', () => {
  test('ping, until SIGINT', () => {
    const m = pair();
    const dump = m.start('b', tcpdump, 'tcpdump -l -nn -i eth0 arp or icmp');
    m.run(0.1);
    m.exec('a', ping, 'ping -c 1 10.0.0.2');
    m.kill(dump, 'INT');
    expect(masked(dump.stdout())).toBe(
      'ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n' +
        'ARP, Reply 10.0.0.2 is-at <mac>, length 28\n' +
        'IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id <id>, seq 1, length 64\n' +
        'IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id <id>, seq 1, length 64\n\n',
    );
    expect(dump.stderr()).toBe(
      `${QUIET}${LISTENING}4 packets captured\n4 packets received by filter\n0 packets dropped by kernel\n`,
    );
  });

  test('-c ends it; a loopback packet is seen once', () => {
    const m = pair();
    const dump = m.start('a', tcpdump, 'tcpdump -l -nn -c 2 -i lo icmp');
    m.run(0.1);
    m.exec('a', ping, 'ping -c 1 127.0.0.1');
    m.run(0.1);
    expect(masked(dump.stdout())).toBe(
      'IP 127.0.0.1 > 127.0.0.1: ICMP echo request, id <id>, seq 1, length 64\n' +
        'IP 127.0.0.1 > 127.0.0.1: ICMP echo reply, id <id>, seq 1, length 64\n',
    );
    expect(dump.proc.status).toEqual({ kind: 'exited', code: 0 });
  });

  test('-i any knows devices and directions', () => {
    const m = pair();
    const dump = m.start('a', tcpdump, 'tcpdump -l -nn -i any icmp');
    m.run(0.1);
    m.exec('a', ping, 'ping -c 1 10.0.0.2');
    expect(masked(dump.stdout())).toBe(
      'eth0  Out IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id <id>, seq 1, length 64\n' +
        'eth0  In  IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id <id>, seq 1, length 64\n',
    );
    expect(dump.stderr().startsWith('tcpdump: data link type LINUX_SLL2\n')).toBe(true);
  });

  test('an HTTP request', () => {
    const m = pair();
    m.start('b', serve, 'serve 80 hello');
    const dump = m.start('b', tcpdump, 'tcpdump -l -nn -i eth0 tcp port 80');
    m.run(0.1);
    m.exec('a', curl, 'curl -s http://10.0.0.2/');
    m.run(0.1);
    expect(masked(dump.stdout()).replace(/\d+\.\d+\.0\.1\.\d+/g, 'C')).toContain(
      'IP C > 10.0.0.2.80: Flags [S] length 0\nIP 10.0.0.2.80 > C: Flags [S.] length 0\nIP C > 10.0.0.2.80: Flags [.] length 0\nIP C > 10.0.0.2.80: Flags [P.] length 72: HTTP: GET / HTTP/1.1\n',
    );
  });
});

describe('a savefile', () => {
  test('written, then read through a filter', () => {
    const m = pair();
    const dump = m.start('b', tcpdump, 'tcpdump -U -i eth0 -w /tmp/f.pcap');
    m.run(0.1);
    m.exec('a', ping, 'ping -c 1 10.0.0.2');
    m.kill(dump, 'TERM');
    expect(dump.stderr().startsWith(`tcpdump: ${LISTENING}`)).toBe(true);
    const read = m.exec('a', tcpdump, 'tcpdump -nn -r /tmp/f.pcap icmp');
    expect(masked(read.stdout)).toBe(
      'IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id <id>, seq 1, length 64\n' +
        'IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id <id>, seq 1, length 64\n',
    );
    expect(read.stderr).toBe(
      'reading from file /tmp/f.pcap, link-type EN10MB (Ethernet), snapshot length 262144\n',
    );
    expect(typeof readTextAt(m.host.init, '/tmp/f.pcap')).toBe('object');
  });
});

describe('errors', () => {
  test.each([
    ['tcpdump -i nosuch', 'tcpdump: nosuch: No such device exists\n(No such device exists)\n', 1],
    [
      'tcpdump -nn -r /tmp/nosuch.pcap',
      'tcpdump: /tmp/nosuch.pcap: No such file or directory\n',
      1,
    ],
    ['tcpdump -i eth0 portt 80', "tcpdump: can't parse filter expression: syntax error\n", 1],
    ['tcpdump -c 0', 'tcpdump: invalid packet count 0\n', 1],
    ['tcpdump -G 5', 'hopwise: tcpdump: -G is not simulated\n', 2],
  ])('%s', (args, stderr, code) => {
    const ran = pair().exec('a', tcpdump, args);
    expect([ran.stderr, ran.stdout, ran.code]).toEqual([stderr, '', code]);
  });
});
