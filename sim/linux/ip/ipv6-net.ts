import { OK } from '../../base/result';
import { ICMPV6_TIME_EXCEED } from '../../wire/icmpv6';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { registerInts } from '../sysctl';
import { addrconfForwardChange, addrconfIfdown, addrconfNotify } from './addrconf';
import type { Ipv6DevConf } from './address';
import { newIpv6DevConf, registerConf6 } from './dev-conf';
import { RouteExceptions } from './exception';
import { FragQueues } from './fragment';
import { icmp6Send } from './icmpv6';

/** ICMPV6_EXC_FRAGTIME. */
const EXC_FRAGTIME = 1;

/** struct netns_ipv6. */
export class Ipv6Net {
  /** ipv6_devconf differs from ipv6_devconf_dflt in this. */
  readonly confAll: Ipv6DevConf = { ...newIpv6DevConf(), accept_dad: 0 };
  readonly confDefault: Ipv6DevConf = newIpv6DevConf();
  readonly sysctl = { bindv6only: 0, ip_nonlocal_bind: 0 };
  readonly icmp = { ratelimit: 1000, echo_ignore_all: 0, echo_ignore_multicast: 0 };
  readonly exceptions: RouteExceptions;
  readonly frags: FragQueues;

  constructor(readonly net: Netns) {
    this.exceptions = new RouteExceptions(net);
    this.frags = new FragQueues(net, (first) =>
      icmp6Send(first, { type: ICMPV6_TIME_EXCEED, code: EXC_FRAGTIME, info: 0 }),
    );
  }

  registerSysctls(): void {
    const tree = this.net.sysctl;
    registerConf6(this.net, 'all', this.confAll);
    registerConf6(this.net, 'default', this.confDefault);
    registerInts(tree, 'net/ipv6', this.sysctl);
    registerInts(tree, 'net/ipv6/icmp', this.icmp);
    tree.register('net/ipv6/route/flush', {
      mode: 0o200,
      read: () => '',
      write: () => {
        this.exceptions.flush();
        return OK;
      },
    });
  }

  /** addrconf_disable_ipv6(): `all` reaches every device and the default. */
  setDisabled(conf: Ipv6DevConf, value: number): void {
    const old = conf.disable_ipv6;
    conf.disable_ipv6 = value;
    if (conf === this.confDefault) return;
    const devices = this.net.devices();
    if (conf === this.confAll) {
      this.confDefault.disable_ipv6 = value;
      for (const dev of devices) this.#change(dev, value);
      return;
    }
    const dev = devices.find((one) => one.in6Dev.conf === conf);
    if (dev && (old === 0) !== (value === 0)) applyDisabled(dev, value);
  }

  /** addrconf_fixup_forwarding(), dev_forward_change(). */
  setForwarding(conf: Ipv6DevConf, value: number): void {
    if (conf.forwarding === value) return;
    conf.forwarding = value;
    if (conf === this.confDefault) return;
    if (conf === this.confAll) this.confDefault.forwarding = value;
    for (const dev of this.net.devices()) {
      const own = dev.in6Dev.conf;
      if (conf !== this.confAll && own !== conf) continue;
      own.forwarding = value;
      addrconfForwardChange(dev);
    }
  }

  #change(dev: NetDevice, value: number): void {
    const { conf } = dev.in6Dev;
    const changed = (conf.disable_ipv6 === 0) !== (value === 0);
    conf.disable_ipv6 = value;
    if (changed) applyDisabled(dev, value);
  }
}

/** dev_disable_change(). */
function applyDisabled(dev: NetDevice, value: number): void {
  if (value !== 0) addrconfIfdown(dev, false);
  else if (dev.up) addrconfNotify(dev, 'UP');
}
