import { Randomness } from '../base/prng';
import type { NetDevice } from '../linux/device/net-device';
import { netifReceive } from '../linux/device/receive';
import { allocSkb } from '../linux/sk-buff';
import { printFrame } from '../wire/print';
import { addressesOf, randomFrame } from './fuzz-packet';
import {
  chance,
  errorText,
  type FuzzFailure,
  type FuzzReport,
  type FuzzWorld,
  faultsOf,
  fuzzWorld,
  worldSeed,
} from './fuzz-world';

/** Packets for one world before the next begins. */
const PER_WORLD = 10_000;
/** What one packet may set off before the next comes. */
const MAX_EVENTS = 20_000;
/** CPU time of ours that no single packet may need. */
const SLOW_MS = 5_000;
/** Every so many packets the timers of the world get some seconds. */
const PAUSE_ONE_IN = 400;

/** Random packets into every device of a network; stops at `most` failures. */
export async function fuzzPackets(count: number, seed: string, most = 20): Promise<FuzzReport> {
  const failures: FuzzFailure[] = [];
  const stopped = new Map<string, number>();
  let cases = 0;
  for (let k = 0; cases < count && failures.length < most; k++) {
    const own = worldSeed(seed, k);
    const made = await fuzzWorld(own, false);
    const packets = Math.min(PER_WORLD, count - cases);
    cases += packets;
    const failure = oneWorld(made, own, packets);
    if (failure) failures.push(failure);
    failures.push(...faultsOf(made.world, { seed: own, case: 'a process of this world' }));
    const { stopText } = made.world;
    if (stopText) stopped.set(stopText, (stopped.get(stopText) ?? 0) + 1);
  }
  return { cases, stopped, failures };
}

function oneWorld(made: FuzzWorld, seed: string, count: number): FuzzFailure | undefined {
  const random = new Randomness(seed).stream('fuzz');
  const { world } = made;
  const devices = made.netnses.flatMap((net) => [...net.devices()]);
  const addresses = addressesOf(devices);
  for (let i = 0; i < count; i++) {
    const dev = devices[random.below(devices.length)];
    if (!dev || world.stopText) return undefined;
    const frame = randomFrame(random, addresses);
    const from = process.cpuUsage();
    const pauseUs = chance(random, PAUSE_ONE_IN) ? random.below(8_000_000) : random.below(200);
    try {
      receive(dev, frame);
      if (chance(random, 16)) printFrame(frame, { verbose: random.below(4), link: true });
      world.runUntil(world.nowUs + pauseUs, MAX_EVENTS);
    } catch (error) {
      return { seed, case: `packet ${i} at ${dev.name}`, kind: 'throw', text: errorText(error) };
    }
    const ms = process.cpuUsage(from).user / 1000;
    if (ms > SLOW_MS)
      return { seed, case: `packet ${i}`, kind: 'slow', text: `${Math.round(ms)} ms` };
  }
  return undefined;
}

function receive(dev: NetDevice, frame: ReturnType<typeof randomFrame>): void {
  const { payload, ...eth } = frame;
  const headed = dev.linkType === 'ether' || dev.linkType === 'loopback';
  const skb = allocSkb(dev.netns.kernel, { dev, packet: payload, eth: headed ? eth : undefined });
  netifReceive(dev, skb);
}
