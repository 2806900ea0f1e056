import type { Ip, Mac } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import { IFF_LOOPBACK, IFF_NOARP, IFF_POINTOPOINT, type NetDevice } from '../device/net-device';
import type { Skb } from '../sk-buff';
import { Neighbour, type NeighParms, type NeighProtocol, type ProxyNeighbour } from './neighbour';
import { neighXmit } from './neighbour-output';

/** struct neigh_table of one namespace. */
export class NeighTable {
  readonly #entries = new Map<NetDevice, Map<Ip, Neighbour>>();
  readonly #proxies: ProxyNeighbour[] = [];
  readonly gcThresh1 = 128;
  readonly gcThresh2 = 512;
  readonly gcThresh3 = 1024;

  constructor(
    readonly family: Family,
    /** neigh/default. */
    readonly parms: NeighParms,
    readonly protocol: NeighProtocol,
  ) {}

  lookup(ip: Ip, dev: NetDevice): Neighbour | undefined {
    return this.#entries.get(dev)?.get(ip);
  }

  /** __neigh_create(): devices without addresses need no resolution (arp_constructor(), ndisc_constructor()). */
  lookupOrCreate(ip: Ip, dev: NetDevice): Neighbour {
    const known = this.lookup(ip, dev);
    if (known) return known;
    const parms = this.family === 4 ? dev.inDev.arpParms : dev.in6Dev.ndParms;
    const neigh = new Neighbour(this.family, ip, dev, parms, this.protocol);
    neigh.output = (skb: Skb) => neighXmit(neigh, skb);
    const fixed = fixedAddress(dev);
    if (fixed) neigh.setNoArp(fixed.mac);
    let ofDevice = this.#entries.get(dev);
    if (!ofDevice) {
      ofDevice = new Map();
      this.#entries.set(dev, ofDevice);
    }
    ofDevice.set(ip, neigh);
    return neigh;
  }

  /** All of them, in the order of their devices and creation; the kernel's is that of a hash. */
  entries(): readonly Neighbour[] {
    return [...this.#entries.values()].flatMap((ofDevice) => [...ofDevice.values()]);
  }

  remove(neigh: Neighbour): void {
    const ofDevice = this.#entries.get(neigh.dev);
    if (ofDevice?.get(neigh.ip) !== neigh) return;
    ofDevice.delete(neigh.ip);
    if (ofDevice.size === 0) this.#entries.delete(neigh.dev);
    neigh.destroy();
  }

  /** neigh_flush_dev(). */
  flushDevice(dev: NetDevice, keepPermanent: boolean): void {
    for (const neigh of [...(this.#entries.get(dev)?.values() ?? [])]) {
      if (!(keepPermanent && neigh.state === 'PERMANENT')) this.remove(neigh);
    }
  }

  /** neigh_ifdown(). */
  ifdown(dev: NetDevice): void {
    this.flushDevice(dev, false);
    for (const proxy of [...this.#proxies]) {
      if (proxy.dev === dev) this.removeProxy(proxy.ip, dev);
    }
  }

  proxies(): readonly ProxyNeighbour[] {
    return this.#proxies;
  }

  /** pneigh_lookup(): an entry without device holds for all. */
  proxyFor(ip: Ip, dev: NetDevice): ProxyNeighbour | undefined {
    return this.#proxies.find((p) => p.ip === ip && (p.dev === undefined || p.dev === dev));
  }

  addProxy(ip: Ip, dev: NetDevice | undefined): void {
    if (!this.#proxies.some((p) => p.ip === ip && p.dev === dev)) this.#proxies.push({ ip, dev });
  }

  removeProxy(ip: Ip, dev: NetDevice | undefined): boolean {
    const at = this.#proxies.findIndex((p) => p.ip === ip && p.dev === dev);
    if (at >= 0) this.#proxies.splice(at, 1);
    return at >= 0;
  }
}

/** NUD_NOARP from the start: no link layer, IFF_NOARP, loopback, point-to-point. */
function fixedAddress(dev: NetDevice): { readonly mac: Mac | undefined } | undefined {
  if (dev.linkType === 'ipip' || dev.linkType === 'none') return { mac: undefined };
  if (dev.flags & (IFF_NOARP | IFF_LOOPBACK)) return { mac: dev.mac };
  if (dev.flags & IFF_POINTOPOINT) return { mac: dev.broadcast };
  return undefined;
}
