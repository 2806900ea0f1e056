import type { FdbEntry } from '../../../linux/rtnetlink/fdb';
import { formatIp } from '../../../wire/ip';
import { formatMac } from '../../../wire/mac';
import type { ToolContext } from '../context';
import { familyColor } from '../print';

export interface FdbPrintOptions {
  /** filter_index: the device is the same in every line. */
  readonly hideDevice?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

/** print_fdb(), bridge/fdb.c. */
export function printFdb(ctx: ToolContext, e: FdbEntry, options: FdbPrintOptions = {}): void {
  const p = ctx.print;
  p.openObject();
  if (options.deleted) p.bool('deleted', 'Deleted ', true);
  p.color('mac', 'mac', '%s ', formatMac(e.mac));
  if (!options.hideDevice) {
    p.fp('dev ');
    p.color('ifname', 'ifname', '%s ', e.dev.name);
  }
  if (e.dst !== undefined) {
    p.fp('dst ');
    p.color(familyColor(e.dst), 'dst', '%s ', formatIp(e.dst));
  }
  if (e.vlan) p.any('vlan', 'vlan %hu ', e.vlan);
  if (e.port !== undefined) p.any('port', 'port %u ', e.port);
  if (e.vni !== undefined) p.any('vni', 'vni %u ', e.vni);
  if (e.via) {
    if (e.via.netns === e.dev.netns) p.any('viaIf', 'via %s ', e.via.name);
    else {
      p.any('viaIfIndex', 'via ifindex %u ', e.via.ifindex);
      p.any('linkNetNsId', 'link-netnsid %d ', e.dev.netns.nsidAlloc(e.via.netns));
    }
  }
  // Addresses of the device itself carry no NDA_CACHEINFO (nlmsg_populate_fdb,
  // net/core/rtnetlink.c).
  if (ctx.options.stats > 0 && (!e.self || e.dev.data.kind === 'vxlan')) {
    const age = (us: number): number => Math.floor((ctx.nowUs - us) / 1_000_000);
    p.field('used', age(e.usedUs));
    p.field('updated', age(e.updatedUs));
    p.fp('used %d/%d ', age(e.usedUs), age(e.updatedUs));
  }
  p.openArray(p.json ? 'flags' : undefined);
  if (e.self) p.any(undefined, '%s ', 'self');
  if (e.externLearn) p.any(undefined, '%s ', 'extern_learn');
  if (e.sticky) p.any(undefined, '%s ', 'sticky');
  p.closeArray();
  if (e.master) p.any('master', 'master %s ', e.master.name);
  p.any('state', '%s\n', e.state === 'reachable' ? '' : e.state);
  p.closeObject();
}
