import type { NetDevice } from '../../device/net-device';
import type { NetdevEvent } from '../../device/notifier';
import type { Netns } from '../../netns';
import { conntrackOf } from './table';

/** masq_device_event(): a device that goes down takes the flows with it that bear its address. */
export function masqDeviceEvent(dev: NetDevice, event: NetdevEvent): void {
  if (event !== 'DOWN') return;
  dev.netns.ct?.cleanup((ct) => ct.masqDev === dev);
}

/** masq_inet_event(), masq_inet6_event(): an address that goes takes its flows. */
export function masqRegisterNotifiers(net: Netns): void {
  const { nat } = conntrackOf(net);
  if (nat.masqNotifiers) return;
  nat.masqNotifiers = true;
  net.rtnlListen((message) => {
    if (message.kind !== 'deladdr') return;
    const { address } = message;
    const ip = 'local' in address ? address.local : address.address;
    conntrackOf(net).cleanup((ct) => ct.masqDev === address.dev && ct.reply.dst === ip);
  });
}
