import { kernelLog } from '../../printk';
import type { XtLog } from '../xt-target';
import { logPacket } from './log-packet';
import type { XtTargetFn } from './verdict';

/** PRINTKRB_RECORD_MAX: a longer message is cut. */
const RECORD_MAX = 1024;

/**
 * log_tg(), net/netfilter/xt_LOG.c; nf_log_ip_packet(), nf_log_syslog.c. Only the machine's own namespace logs:
 * others would need net.netfilter.nf_log_all_netns, which is off.
 */
export const logTarget =
  (target: XtLog): XtTargetFn =>
  (pkt) => {
    const { kernel, hostName } = pkt.net;
    if (kernel.initNetns.get(hostName) !== pkt.net) return 'continue';
    const text = `${target.prefix}${logPacket(pkt, target)}`.slice(0, RECORD_MAX);
    const atUs = kernel.scheduler.nowUs;
    kernelLog(kernel, hostName).printk({ atUs, level: target.level, text });
    return 'continue';
  };
