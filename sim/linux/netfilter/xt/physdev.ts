import type { NetDevice } from '../../device/net-device';
import type { Invertible, XtPhysdev } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** physdev_mt(), net/netfilter/xt_physdev.c: the ports of a bridge that a packet passes. */
export function physdevMatch(match: XtPhysdev): XtMatchFn {
  const { physIn, physOut, isIn, isOut, isBridged } = match;
  const asked = [physIn, physOut, isIn, isOut, isBridged].filter((one) => one !== undefined);
  return (pkt) => {
    const { physIn: indev, physOut: outdev } = pkt.skb;
    if (!indev && !outdev) return asked.every((one) => one.invert);
    if (isBridged && (outdev !== undefined) === isBridged.invert) return false;
    if (isIn && (indev !== undefined) === isIn.invert) return false;
    if (isOut && (outdev !== undefined) === isOut.invert) return false;
    if (physIn && indev && named(indev, physIn.value) === physIn.invert) return false;
    return !physOut || named(outdev, physOut.value) !== physOut.invert;
  };
}

/** ifname_compare_aligned(); a name that ends in `+` is a prefix. */
function named(dev: NetDevice | undefined, name: Invertible<string>['value']): boolean {
  if (!dev) return false;
  return name.endsWith('+') ? dev.name.startsWith(name.slice(0, -1)) : dev.name === name;
}
