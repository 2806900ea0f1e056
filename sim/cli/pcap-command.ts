import { readFileSync, writeFileSync } from 'node:fs';
import { EPOCH_US } from '../linux/host';
import { ETH_P_ALL, type PacketTap } from '../linux/ip/l4-protocol';
import type { Netns } from '../linux/netns';
import { encodeFrame } from '../wire/codec';
import type { EthernetFrame } from '../wire/frame';
import { DEFAULT_SNAPLEN, LINKTYPE_ETHERNET, snapped, writePcap } from '../wire/pcap';
import { drive } from './drive';
import { recordScenario } from './recorder';

/** `sim pcap FILE.sh OUT.pcap DEVICE`: runs a script and writes all frames that any device of that name saw. */
export async function pcap(args: readonly string[]): Promise<number> {
  const [file, out, device] = args;
  if (file === undefined || out === undefined || device === undefined) {
    process.stderr.write('usage: sim pcap FILE.sh OUT.pcap DEVICE\n');
    return 2;
  }
  const frames: { atUs: number; frame: EthernetFrame }[] = [];
  const tapped = new Set<Netns>();
  const tap = (netns: Netns): PacketTap => ({
    ifindex: 0,
    etherType: ETH_P_ALL,
    receive(skb, dev) {
      if (dev.name !== device || !skb.eth) return;
      const frame = { ...skb.eth, payload: skb.packet };
      frames.push({ atUs: netns.kernel.scheduler.nowUs, frame });
    },
  });
  await drive(
    recordScenario(readFileSync(file, 'utf8'), {
      watch(host) {
        if (host.netnses.size === tapped.size) return;
        for (const netns of host.netnses) {
          if (tapped.has(netns)) continue;
          tapped.add(netns);
          netns.taps.add(tap(netns));
        }
      },
    }),
  );
  const records = frames.map(({ atUs, frame }) =>
    snapped(encodeFrame(frame), EPOCH_US + atUs, DEFAULT_SNAPLEN),
  );
  writeFileSync(out, writePcap(LINKTYPE_ETHERNET, records));
  process.stdout.write(`${JSON.stringify({ frames: frames.length })}\n`);
  return 0;
}
