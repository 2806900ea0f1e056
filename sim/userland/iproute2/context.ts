import type { NetDevice } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import { readTextAt } from '../../linux/files';
import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import type { NetlinkError, Rtnl } from '../../linux/rtnetlink/netlink-error';
import type { Stdio } from './command';
import type { AddressFamily } from './inet-prefix';
import { netnsByNsid } from './netns-name';
import { Printer } from './print';
import { RtNames } from './rt-names';

/** The global switches of ip and bridge. */
export interface ToolOptions {
  family: AddressFamily;
  humanReadable: boolean;
  iec: boolean;
  stats: number;
  details: boolean;
  oneline: boolean;
  brief: boolean;
  json: boolean;
  pretty: boolean;
  color: boolean;
  timestamp: boolean;
  timestampShort: boolean;
  resolve: boolean;
  numeric: boolean;
  force: boolean;
  all: boolean;
  compressVlans: boolean;
  maxFlushLoops: number;
}

export const defaultOptions = (): ToolOptions => ({
  family: 0,
  humanReadable: false,
  iec: false,
  stats: 0,
  details: false,
  oneline: false,
  brief: false,
  json: false,
  pretty: false,
  color: false,
  timestamp: false,
  timestampShort: false,
  resolve: false,
  numeric: false,
  force: false,
  all: false,
  compressVlans: false,
  maxFlushLoops: 10,
});

/**
 * What every command of ip and bridge works with: the process, its output, the switches, and
 * names.
 */
export class ToolContext {
  readonly print: Printer;
  readonly names: RtNames;
  /** `ip link` prints and filters differently from `ip address` (do_link). */
  doLink = false;

  constructor(
    readonly proc: Proc,
    readonly stdio: Stdio,
    readonly options: ToolOptions,
  ) {
    this.print = new Printer(options, stdio.out);
    this.names = new RtNames(options.numeric, (name) => {
      const read = readTextAt(proc, `/etc/iproute2/${name}`);
      return typeof read === 'string' ? undefined : read.text;
    });
  }

  /** The namespace the netlink socket was opened in. */
  get net(): Netns {
    return this.proc.netns;
  }

  get nowUs(): number {
    return this.net.kernel.scheduler.nowUs;
  }

  /** ll_name_to_index(): a name, an alternative name, or `if5`. */
  device(name: string): NetDevice | undefined {
    const found = this.net.deviceByName(name);
    if (found) return found;
    const index = /^if(\d+)$/.exec(name)?.[1];
    return index === undefined ? undefined : this.net.deviceByIndex(Number(index));
  }

  /** nodev(): the complaint and -1. */
  noDevice(name: string): -1 {
    this.stdio.error(`Cannot find device "${name}"\n`);
    return -1;
  }

  /** rtnetlink_rcv_msg(): whatever changes something wants CAP_NET_ADMIN. */
  rtnl<T>(request: () => Rtnl<T>): Rtnl<T> {
    return this.proc.capable('NET_ADMIN') ? request() : { ok: false, error: { errno: 'EPERM' } };
  }

  /** rtnl_talk(): 0, or the kernel's complaint and -2. */
  answer<T>(result: Rtnl<T>): 0 | -2 {
    if (result.ok) return 0;
    this.stdio.error(rtnlErrorText(result.error));
    return -2;
  }

  /** get_name_from_nsid(), ip/ipnetns.c. */
  netnsNameOf(nsid: number): string | undefined {
    return netnsByNsid(this.proc, nsid);
  }
}

/** rtnl_talk_error() and nl_dump_ext_ack(), lib/libnetlink.c. */
export function rtnlErrorText(error: NetlinkError): string {
  if (error.message === undefined) return `RTNETLINK answers: ${strerror(error.errno)}\n`;
  const stop = /[.\n]$/.test(error.message) ? '' : '.';
  return `Error: ${error.message}${stop}\n`;
}
