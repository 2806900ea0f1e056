import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { changeLink } from '../../linux/rtnetlink/link';
import type { Answer } from './answer';

const DONE: Answer = { code: 0 };
const failed = (error: string): Answer => ({ error: `${error}\n`, code: 1 });

/** USER_HZ. */
const HZ = 100;

type BridgeKey = 'ageingTime' | 'priority' | 'forwardDelay' | 'helloTime' | 'maxAge' | 'stpState';

/** The words for what could not be set. */
const FAILURES: Readonly<Record<BridgeKey, string>> = {
  ageingTime: 'set ageing time failed',
  priority: 'set bridge priority failed',
  forwardDelay: 'set forward delay failed',
  helloTime: 'set hello timer failed',
  maxAge: 'set max age failed',
  stpState: 'set stp status failed',
};

/** br_cmd_stp() and the br_cmd_set…() of a bridge: times in seconds, kept in hundredths. */
export const setBridge =
  (key: BridgeKey) =>
  (proc: Proc, [name = '', text = '']: readonly string[]): Answer => {
    const value = key === 'stpState' ? switchOf(text) : Number(text);
    if (value === undefined) return failed('expect on/off for argument');
    if (Number.isNaN(value) || text.trim() === '') {
      return failed(key === 'priority' ? 'bad priority' : 'bad timeval');
    }
    const dev = proc.netns.deviceByName(name);
    if (dev?.data.kind !== 'bridge') return failed(`${FAILURES[key]}: ${strerror('ENODEV')}`);
    const timed = key !== 'priority' && key !== 'stpState';
    const kernel = timed ? Math.round(value * HZ) : Math.trunc(value);
    const done = changeLink(proc.netns, dev, { bridge: { [key]: kernel } });
    return done.ok ? DONE : failed(`${FAILURES[key]}: ${strerror(done.error.errno)}`);
  };

/** `on`, `yes` and `1`, or their opposites. */
function switchOf(text: string): number | undefined {
  if (/^(on|yes|1)$/.test(text)) return 1;
  return /^(off|no|0)$/.test(text) ? 0 : undefined;
}

/** br_cmd_setpathcost(), br_cmd_setportprio(): the port's own files, whatever bridge was named. */
export const setPort =
  (key: 'cost' | 'priority') =>
  (proc: Proc, [, name = '', text = '']: readonly string[]): Answer => {
    const what = key === 'cost' ? 'path cost' : 'port priority';
    if (!/^\d+$/.test(text)) return failed(`bad ${what}`);
    const dev = proc.netns.deviceByName(name);
    if (!dev?.brport) {
      return failed(`set ${what} failed: ${strerror(dev ? 'EINVAL' : 'ENODEV')}`);
    }
    const done = changeLink(proc.netns, dev, { brport: { [key]: Number(text) } });
    return done.ok ? DONE : failed(`set ${what} failed: ${strerror(done.error.errno)}`);
  };

/** br_cmd_hairpin(). */
export function hairpin(
  proc: Proc,
  [bridge = '', name = '', text = '']: readonly string[],
): Answer {
  const on = switchOf(text);
  if (on === undefined) return failed('expect on/off for argument');
  const br = proc.netns.deviceByName(bridge);
  const dev = proc.netns.deviceByName(name);
  if (!dev) return failed(`interface ${name} does not exist!`);
  if (!br) return failed(`bridge ${bridge} does not exist!`);
  if (!dev.brport || dev.brport.bridge !== br) {
    return failed(`can't set hairpin on port ${name} on bridge ${bridge}: ${strerror('ENODEV')}`);
  }
  const done = changeLink(proc.netns, dev, { brport: { hairpin: on === 1 } });
  if (done.ok) return DONE;
  const reason = strerror(done.error.errno);
  return failed(`can't set ${name} to hairpin on bridge ${bridge}: ${reason}`);
}
