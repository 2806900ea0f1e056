import type { NetDevice } from '../../linux/device/net-device';
import type { Netns } from '../../linux/netns';
import { delFdb, newFdb } from '../../linux/rtnetlink/fdb';
import { changeLink, newLink } from '../../linux/rtnetlink/link';
import { delNeigh, newNeigh } from '../../linux/rtnetlink/neigh';
import type { Ipv4, Mac } from '../../wire/frame';
import type { Engine } from '../daemon/engine';
import { vethName } from '../daemon/identifier';
import { addAddress } from '../libnetwork/bridge';
import type { Endpoint } from '../libnetwork/endpoint';
import type { Network } from '../libnetwork/network';
import { bindNamespace, disableIpv6, unbindNamespace } from '../libnetwork/sandbox';

/** vxlanEncap: what the outer headers take of the MTU. */
export const OVERLAY_MTU = 1450;
const VXLAN_PORT = 4789;
const FLAGS = { create: true, excl: false, replace: true };

/** The namespace of one overlay on one machine: a bridge, the tunnel, and an end of each container's pair. */
export class OverlaySandbox {
  #ports = 0;

  private constructor(
    readonly engine: Engine,
    readonly path: string,
    readonly net: Netns,
    readonly bridge: NetDevice,
    readonly vxlan: NetDevice,
  ) {}

  /** initSandbox() and initSubnetSandbox(), drivers/overlay/ov_network.go. */
  static create(engine: Engine, network: Network, vni: number): OverlaySandbox | undefined {
    const { host } = engine.proc;
    const net = host.newNetns(`${network.name}-overlay`);
    const path = `${engine.options.execRoot}/netns/1-${network.id.slice(0, 10)}`;
    bindNamespace(engine.proc, path, net);
    disableIpv6(net);
    changeLink(net, net.lo, { up: true });
    const bridge = newLink(
      net,
      { name: 'br0', mtu: OVERLAY_MTU, txQueueLen: 0 },
      { kind: 'bridge', options: {} },
    );
    const name = `vx-${vni.toString(16).padStart(6, '0')}-${network.id.slice(0, 5)}`;
    const vxlan = newLink(
      engine.net,
      { name, mtu: OVERLAY_MTU, txQueueLen: 0 },
      {
        kind: 'vxlan',
        options: {
          id: vni,
          dstPort: VXLAN_PORT,
          learning: true,
          proxy: true,
          l2miss: true,
          l3miss: true,
        },
      },
    );
    if (!bridge.ok || !vxlan.ok) return undefined;
    changeLink(engine.net, vxlan.value, { netns: net, name: 'vxlan0' });
    changeLink(net, vxlan.value, { master: bridge.value.ifindex, up: true });
    if (network.v4) addAddress(bridge.value, network.v4.gateway, network.v4.pool.subnet.prefixLen);
    changeLink(net, bridge.value, { up: true });
    return new OverlaySandbox(engine, path, net, bridge.value, vxlan.value);
  }

  /** CreateEndpoint() and Join(): one end here on the bridge, the other is returned for the container. */
  addPort(mac: Mac): NetDevice | undefined {
    const { net } = this.engine;
    const own = vethName(this.engine.proc.host);
    const peer = vethName(this.engine.proc.host);
    const pair = newLink(
      net,
      { name: own, mtu: OVERLAY_MTU, txQueueLen: 0 },
      { kind: 'veth', peer: { name: peer, mtu: OVERLAY_MTU, txQueueLen: 0 } },
    );
    const container = net.deviceByName(peer);
    if (!pair.ok || !container) return undefined;
    changeLink(net, pair.value, { netns: this.net, name: `veth${this.#ports++}` });
    changeLink(this.net, pair.value, { master: this.bridge.ifindex, up: true });
    changeLink(net, container, { address: mac });
    return container;
  }

  /** peerAddOp(): a container of another machine. */
  addPeer(ip: Ipv4, mac: Mac, machine: Ipv4): void {
    newNeigh(this.net, { dev: this.vxlan, ip, lladdr: mac, state: 'PERMANENT' }, FLAGS);
    const entry = {
      dev: this.vxlan,
      mac,
      self: true,
      master: false,
      state: 'permanent',
      dst: machine,
    } as const;
    newFdb(this.net, entry, { ...FLAGS, append: false });
  }

  /** peerDeleteOp(). */
  removePeer(ip: Ipv4, mac: Mac): void {
    delNeigh(this.net, this.vxlan, ip);
    delFdb(this.net, { dev: this.vxlan, mac, self: true, master: false, state: 'permanent' });
  }

  destroy(): void {
    unbindNamespace(this.engine.proc, this.path, this.net);
  }
}

/** Every endpoint of an overlay that is on this machine, with an address. */
export const addressed = (network: Network): readonly (Endpoint & { readonly ipv4: Ipv4 })[] =>
  [...network.endpoints.values()].flatMap((one) =>
    one.ipv4 === undefined ? [] : [{ ...one, ipv4: one.ipv4 }],
  );
