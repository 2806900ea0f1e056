import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeIp, encodeIp } from '../wire/codec';
import { echo, ipv4 } from '../wire/example';
import { tunOf } from './device/tun';
import type { OpenFile } from './open-file';
import { changeLink } from './rtnetlink/link';
import { address, device, must } from './testbed';
import { openTun, type TunFile, tunFileOf } from './tun-file';
import { World } from './world';

const REQUEST = {
  name: 'tun0',
  mode: 'tun',
  pi: false,
  vnetHdr: false,
  multiQueue: false,
  oneQueue: false,
  exclusive: false,
} as const;

interface Opened {
  readonly world: World;
  readonly open: OpenFile;
  readonly file: TunFile;
}

function opened(world = new World({ seed: 'tun' })): Opened {
  const host = world.hosts.get('lab') ?? world.addHost('lab');
  const open = openTun(host.init, { read: true, write: true }).get();
  const file = tunFileOf(open);
  if (!file) throw new Error('no tun file');
  return { world, open, file };
}

function tunUp(request: Parameters<TunFile['setIff']>[0] = REQUEST): Opened {
  const all = opened();
  expect(all.file.setIff(request).ok).toBe(true);
  const { netns } = all.file.proc;
  address(netns, 'tun0', '10.0.0.1/24');
  must(changeLink(netns, device(netns, 'tun0'), { up: true }));
  all.world.runUntil(all.world.nowUs + 1000);
  return all;
}

const PING = encodeIp(ipv4('10.0.0.2 > 10.0.0.1', echo(8, 7, 1)));

test('the machine answers a ping that a program wrote, and the program reads the reply', () => {
  const { world, open, file } = tunUp();
  expect(file.read(open, 2000)).toBe('EAGAIN');
  expect(file.write(open, PING)).toBe(PING.length);
  world.runUntil(world.nowUs + 1000);
  const got = file.read(open, 2000);
  const packet = typeof got === 'string' ? undefined : decodeIp(got);
  expect(packet?.ok && packet.value.payload).toMatchObject({
    kind: 'icmp',
    type: 0,
    rest: 0x70001,
  });
  expect(device(file.proc.netns, 'tun0').stats).toMatchObject({
    rxPackets: 1,
    rxBytes: PING.length,
    txPackets: 1,
    txBytes: PING.length,
  });
});

test('four bytes before each packet say the protocol where they were asked for', () => {
  const { world, open, file } = tunUp({ ...REQUEST, pi: true });
  expect(file.write(open, Uint8Array.of(0, 0, 8, 0, ...PING))).toBe(PING.length + 4);
  world.runUntil(world.nowUs + 1000);
  const got = file.read(open, 2000);
  expect(typeof got === 'string' ? got : [...got.subarray(0, 5)]).toEqual([0, 0, 8, 0, 0x45]);
});

test('the carrier comes and goes with the program; only a persistent device stays', () => {
  const { world, open, file } = opened();
  expect(file.setIff(REQUEST).ok).toBe(true);
  const { netns } = file.proc;
  const dev = device(netns, 'tun0');
  expect(dev.carrier).toBe(true);
  expect(file.set({ persist: true })).toBeUndefined();
  open.put();
  expect([dev.carrier, dev.dead]).toEqual([false, false]);
  const again = opened(world);
  expect(again.file.setIff({ ...REQUEST, exclusive: true })).toEqual({ ok: false, error: 'EBUSY' });
  expect(again.file.setIff({ ...REQUEST, mode: 'tap' })).toEqual({ ok: false, error: 'EINVAL' });
  expect(again.file.setIff(REQUEST).ok).toBe(true);
  expect(opened(world).file.setIff(REQUEST)).toEqual({ ok: false, error: 'EBUSY' });
  again.file.set({ persist: false });
  again.open.put();
  expect(netns.deviceByName('tun0')).toBeUndefined();
});

test('a queue is bounded, and a device that is down takes nothing', () => {
  const { open, file } = tunUp();
  const dev = device(file.proc.netns, 'tun0');
  for (let i = 0; i < dev.txQueueLen; i++) expect(file.enqueue(PING)).toBe(true);
  expect(file.enqueue(PING)).toBe(false);
  must(changeLink(file.proc.netns, dev, { up: false }));
  expect(file.write(open, PING)).toBe('EIO');
});

test('any bytes are a packet, a lost packet or an errno', () => {
  const modes = fc.record({
    mode: fc.constantFrom('tun', 'tap'),
    pi: fc.boolean(),
    vnetHdr: fc.boolean(),
  });
  fc.assert(
    fc.property(
      modes,
      fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 8 }),
      (how, writes) => {
        const { world, open, file } = tunUp({ ...REQUEST, ...how });
        const dev = device(file.proc.netns, 'tun0');
        for (const bytes of writes) {
          const done = file.write(open, bytes);
          expect(done === bytes.length || done === 'EINVAL').toBe(true);
        }
        world.runUntil(world.nowUs + 10_000);
        expect(dev.stats.rxPackets + dev.stats.rxDropped).toBeLessThanOrEqual(writes.length);
        expect(tunOf(dev)?.queues.length).toBe(1);
      },
    ),
    { numRuns: 60 },
  );
});
