import { netdevInfo } from '../printk';
import type { Bridge } from './bridge';
import type { BridgePort, StpState } from './bridge-port';

/** USER_HZ in µs: the unit of a bridge's times. */
export const HZ_US = 10_000;

/** br_info(). */
export const bridgeInfo = (br: Bridge, text: string): void => netdevInfo(br.dev, text);

/** br_set_state(), net/bridge/br_stp.c, and br_ifinfo_notify(). */
export function setPortState(br: Bridge, port: BridgePort, state: StpState): void {
  const changed = port.state !== state;
  port.state = state;
  bridgeInfo(br, `port ${port.portNo}(${port.dev.name}) entered ${state} state`);
  if (changed && br.stpEnabled && !port.dev.dead)
    port.dev.netns.rtnlNotify({ kind: 'newlink', dev: port.dev });
}
