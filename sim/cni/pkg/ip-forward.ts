import type { Call } from '../skel';
import { type IpNet, isV4 } from '../types/ip-net';
import { setSysctl } from './sysctl';

/** ip.EnableIP4Forward(), EnableIP6Forward(). */
export function enableForward(call: Call, { address }: IpNet): void {
  const name = isV4(address) ? 'net/ipv4/ip_forward' : 'net/ipv6/conf/all/forwarding';
  if (call.host.sysctl.get(name)?.read() !== '1') setSysctl(call.host, name, '1');
}
