import type { Program } from '../../linux/inode';
import { free, kill, pgrep, ps, uptime } from './ps';
import { sysctl } from './sysctl';

/** What the package procps installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/sysctl', sysctl],
  ['/usr/bin/free', free],
  ['/usr/bin/kill', kill],
  ['/usr/bin/pgrep', pgrep(false)],
  ['/usr/bin/pkill', pgrep(true)],
  ['/usr/bin/ps', ps],
  ['/usr/bin/uptime', uptime],
];
