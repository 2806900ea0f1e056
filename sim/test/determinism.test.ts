import { describe, expect, test } from 'vitest';
import { driveAlone } from '../lab/drive';
import { LiveSandbox, undone } from '../lab/live-sandbox';
import type { Log } from '../lab/log';
import { logSchema } from '../lab/log';
import { replay } from '../lab/replay';
import { stateHash } from '../lab/state-hash';
import { twoNodes as lab } from './two-nodes';

const LINES = [
  'ip netns add red',
  'ip link add vr type veth peer name eth0 netns red',
  'ip addr add 10.0.0.1/24 dev vr; ip link set vr up',
  'ip -n red addr add 10.0.0.2/24 dev eth0; ip -n red link set eth0 up',
  'ip -n red route add default via 10.0.0.1',
  'ping -c 3 -i 0.2 192.168.0.12 > /tmp/out &',
  'for i in 1 2 3; do echo $RANDOM; sleep 0.1; done',
  'ip netns exec red ping -c 3 10.0.0.1',
];

const start = (log?: Log): LiveSandbox => {
  const made = driveAlone(LiveSandbox.start(lab, { seed: 'seed', log }));
  if (!made.ok) throw new Error(made.error.text);
  return made.value;
};

/** Types every line a virtual second after the last, letting time pass in slices of `sliceUs` and few events. */
function play(sliceUs: number, maxEvents?: number): LiveSandbox {
  const live = start();
  const terminal = live.open('node01');
  const beganUs = live.world.nowUs;
  const runTo = (untilUs: number): void => {
    while (live.world.nowUs < untilUs) {
      const slice = Math.min(untilUs, live.world.nowUs + sliceUs);
      while (live.world.nowUs < slice) live.run(slice, maxEvents);
      live.run(slice);
    }
  };
  for (const [i, line] of LINES.entries()) {
    runTo(beganUs + (i + 1) * 1_000_000);
    live.key(terminal, `${line}\r`);
  }
  runTo(beganUs + (LINES.length + 3) * 1_000_000);
  return live;
}

describe('a world is a function of its log', () => {
  const whole = play(10_000_000);

  test.each([137_000, 1_000_003, 9_999])('slices of %i µs give the same state', (sliceUs) => {
    expect(stateHash(play(sliceUs).world)).toBe(stateHash(whole.world));
  });

  test('so does running a few events at a time', () => {
    expect(stateHash(play(1_000_000, 7).world)).toBe(stateHash(whole.world));
  });

  test('a replay of the log, through JSON, proves its hash', () => {
    const log = logSchema.parse(JSON.parse(JSON.stringify(whole.log())));
    const again = start(log);
    expect(stateHash(again.world)).toBe(log.stateHash);
    const screen = (live: LiveSandbox): string =>
      live
        .takeOutput()
        .map(({ data }) => data)
        .join('');
    expect(screen(again)).toContain('3 packets transmitted');
  });

  test.each([
    ['another line', (log: Log) => ({ ...log, entries: log.entries.slice(1) })],
    ['another hash', (log: Log) => ({ ...log, stateHash: '0'.repeat(16) })],
    ['another engine', (log: Log) => ({ ...log, engine: '0' })],
    ['another lab', (log: Log) => ({ ...log, lab: { ...log.lab, slug: 'x' } })],
    ['another time', (log: Log) => ({ ...log, endUs: log.endUs + 5 })],
  ])('%s is refused with a reason', (_, tamper) => {
    const made = driveAlone(replay(lab, { kind: 'log', log: tamper(whole.log()) }));
    expect(made).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  test('undo goes back before the last command', () => {
    const log = undone(whole.log());
    if (!log) throw new Error('nothing to undo');
    const before = start(log);
    expect(before.entries.length).toBe(whole.entries.length - 1);
    expect(before.world.nowUs).toBe(whole.entries.at(-1)?.atUs);
  });
});
