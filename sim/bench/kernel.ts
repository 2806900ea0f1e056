import { spawnSync } from 'node:child_process';

const ISOLATED = '--net --mount --uts --ipc --pid --fork --kill-child --mount-proc'.split(' ');
const PRELUDE =
  'mount --make-rprivate / && mount -t tmpfs x /run && mkdir -p /run/netns || exit 9\n' +
  'mount -t tmpfs x /tmp\n';

/**
 * Runs the same shell texts in fresh namespaces of this machine's own kernel; the milliseconds of each, or undefined
 * without the right to.
 */
export function onRealKernel(scripts: readonly string[]): readonly number[] | undefined {
  const timed = scripts.map((script) => `${script}\necho "at $EPOCHREALTIME"`).join('\n');
  const text = `${PRELUDE}echo "at $EPOCHREALTIME"\n${timed}`;
  const options = { encoding: 'utf8', timeout: 300_000 } as const;
  const ran = spawnSync('unshare', [...ISOLATED, 'bash', '-c', text], options);
  const times = [...(ran.stdout ?? '').matchAll(/^at (\S+)$/gm)].map(([, at]) => Number(at) * 1000);
  if (ran.status !== 0 || times.length !== scripts.length + 1) return undefined;
  return scripts.map((_, i) => (times[i + 1] ?? 0) - (times[i] ?? 0));
}
