import { drive } from '../../sim/cli/drive';
import { readAllLabs, type Script } from '../../sim/cli/lab-folder';
import { LiveSandbox } from '../../sim/lab/live-sandbox';
import type { Log } from '../../sim/lab/log';
import { fill } from '../../sim/lab/variant';

const { labs } = readAllLabs('content');

/** Virtual time that a script of a test may take. */
const SCRIPT_US = 30_000_000;

export function solutionsOf(slug: string): readonly Script[] {
  return labs.get(slug)?.solutions ?? [];
}

export function mutantsOf(slug: string): readonly Script[] {
  return labs.get(slug)?.mutants ?? [];
}

/**
 * The log of somebody who saved this script on the first host, typed `bash work.sh` and answered what its lines
 * `# answer: CHECK VALUE` say: what a browser would send, made on the same engine.
 */
export async function logOf(slug: string, script: string, us = SCRIPT_US): Promise<Log> {
  const lab = labs.get(slug)?.lab;
  if (!lab) throw new Error(`no lab ${slug}`);
  const started = await drive(LiveSandbox.start(lab, { seed: 'browser-test' }));
  if (!started.ok) throw new Error(started.error.text);
  const live = started.value;
  const text = fill(script, live.sandbox.attempt.variant);
  if (!text.ok) throw new Error(text.error);
  const host = live.sandbox.openHosts[0] ?? '';
  const terminal = live.open(host);
  live.run(live.world.nowUs + 1_000_000);
  live.writeFile(host, '/root/work.sh', text.value);
  live.key(terminal, 'bash /root/work.sh\r');
  live.run(live.world.nowUs + us);
  for (const [, check = '', value = ''] of text.value.matchAll(/^# answer: (\S+) (.*)$/gm)) {
    live.answer(check, value);
  }
  return live.log();
}
