import { describe, expect, test } from 'vitest';
import { driveAlone } from '../lab/drive';
import { gradeWork } from '../lab/grade';
import { LiveSandbox } from '../lab/live-sandbox';
import type { Limits } from '../linux/limits';
import { twoNodes } from './two-nodes';

/** Tighter than in production, so that the test is quick; the code is the same. */
const LIMITS: Partial<Limits> = {
  events: 400_000,
  virtualUs: 600_000_000,
  cpuUs: 1_000_000,
  outputBytes: 300_000,
};

const ATTACKS: readonly (readonly [name: string, script: string, want: RegExp])[] = [
  ['an endless loop', 'while :; do :; done', /more than/],
  ['an endless loop of arithmetic', 'for ((;;)); do ((i++)); done', /more than/],
  ['a fork bomb', ':(){ :|:& };:; sleep 1000', /more than 512 processes|more than 400 000 events/],
  ['yes', 'yes', /more than/],
  [
    'a bridge loop',
    `ip link add b type bridge; ip link set b up
     ip link add x type veth peer name y; ip link set x master b up; ip link set y master b up
     ip addr add 10.9.0.1/24 dev b; ping -c 1 -W 1 10.9.0.2; sleep 900; sleep 900`,
    /more than/,
  ],
  ['a day of sleep', 'sleep 1d', /virtual time/],
];

describe('what has no end is stopped, and says by which bound', () => {
  test.each(ATTACKS)('%s, as a submission', { timeout: 60_000 }, (_, text, want) => {
    const work = { kind: 'script', text, seed: 's' } as const;
    const grade = driveAlone(gradeWork(twoNodes, work, { limits: LIMITS }));
    expect(grade).toMatchObject({ kind: 'stopped', reason: { en: expect.stringMatching(want) } });
  });

  test.each(ATTACKS)('%s, at the prompt', { timeout: 60_000 }, (_, text, want) => {
    const made = driveAlone(LiveSandbox.start(twoNodes, { seed: 's' }, { limits: LIMITS }));
    if (!made.ok) throw new Error(made.error.text);
    const live = made.value;
    const terminal = live.open('node01');
    live.run(live.world.nowUs + 1_000_000);
    live.paste(terminal, `${text}\n`);
    let slowest = 0;
    for (let i = 0; i < 4000 && live.world.stopText === undefined; i++) {
      const from = performance.now();
      live.run(live.world.nowUs + 1_000_000, 2000);
      slowest = Math.max(slowest, performance.now() - from);
    }
    expect(live.world.stopText).toMatch(want);
    expect(slowest).toBeLessThan(3000);
    expect(live.log().entries.length).toBeGreaterThan(0);
  });

  test.each([
    ['recursion', 'f() { f; }; f', 'maximum function nesting level exceeded'],
    ['a growing variable', 'x=aaaaaaaa; while :; do x=$x$x; done', 'cannot allocate'],
  ])('%s ends in the shell itself', { timeout: 60_000 }, (_, line, want) => {
    const made = driveAlone(LiveSandbox.start(twoNodes, { seed: 's' }, { limits: LIMITS }));
    if (!made.ok) throw new Error(made.error.text);
    const live = made.value;
    const terminal = live.open('node01');
    live.run(live.world.nowUs + 1_000_000);
    live.paste(terminal, `${line}\necho still here\n`);
    live.run(live.world.nowUs + 2_000_000);
    const screen = live
      .takeOutput()
      .map(({ data }) => data)
      .join('');
    expect(screen).toContain(want);
    expect(screen).toContain('\r\nstill here');
  });

  test('a file that fills the disk gives ENOSPC or EFBIG, and the world goes on', () => {
    const made = driveAlone(LiveSandbox.start(twoNodes, { seed: 's' }));
    if (!made.ok) throw new Error(made.error.text);
    const live = made.value;
    const terminal = live.open('node01');
    live.run(live.world.nowUs + 1_000_000);
    live.key(terminal, 'head -c 100000000 /dev/zero > /tmp/big; echo "status $?"\r');
    live.run(live.world.nowUs + 600_000_000);
    const screen = live
      .takeOutput()
      .map(({ data }) => data)
      .join('');
    expect(screen).toMatch(/File too large|No space left on device/);
    expect(screen).toContain('status 1');
    expect(live.world.stopText).toBeUndefined();
  });

  test('a paste of 100 MB is refused in part and harms nothing', () => {
    const made = driveAlone(LiveSandbox.start(twoNodes, { seed: 's' }));
    if (!made.ok) throw new Error(made.error.text);
    const live = made.value;
    const terminal = live.open('node01');
    live.run(live.world.nowUs + 1_000_000);
    live.paste(terminal, 'x'.repeat(100_000_000));
    live.key(terminal, '\x03');
    live.run(live.world.nowUs + 1_000_000);
    live.key(terminal, 'echo still here\r');
    live.run(live.world.nowUs + 1_000_000);
    const screen = live
      .takeOutput()
      .map(({ data }) => data)
      .join('');
    expect(screen).toContain('\r\nstill here');
  });
});
