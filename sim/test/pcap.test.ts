import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { pcap } from '../cli/pcap-command';

const RECORDINGS = join(dirname(fileURLToPath(import.meta.url)), 'recordings', 'linux');
const dir = mkdtempSync(join(tmpdir(), 'hopwise-pcap-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
if (!hasTshark) console.log('tshark is not installed: captures are not read back by it here');

/** What tshark complains of: malformed packets, errors, wrong checksums. */
const COMPLAINTS =
  '_ws.malformed || _ws.expert.severity == error || ip.checksum.status == 0 || tcp.checksum.status == 0 || ' +
  'udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0';

const tshark = (file: string, filter: string): readonly string[] => {
  const verify = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]);
  const ran = spawnSync('tshark', ['-r', file, ...verify, '-Y', filter], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout.split('\n').filter((line) => line !== '');
};

describe.skipIf(!hasTshark)('tshark reads our captures without complaint', () => {
  test.each([
    'bridge-01-two-pods',
    'sockets-02-ss-connections',
    'mtu-06-fragments',
    'vxlan-01-unicast-remote',
    'ipv6-02-ping6-ndp',
  ])('%s', { timeout: 60_000 }, async (name) => {
    const file = join(dir, `${name}.pcap`);
    expect(await pcap([join(RECORDINGS, `${name}.sh`), file, 'eth0'])).toBe(0);
    expect(tshark(file, 'frame').length).toBeGreaterThan(5);
    expect(tshark(file, COMPLAINTS)).toEqual([]);
  });
});
