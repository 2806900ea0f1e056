import type { Driven } from '../lab/drive';
import { type Ran, runProgram } from '../lab/place';
import { placeText } from '../linux/filesystem';
import { recordingHost } from './recorder';

/** Runs a text as `bash script.sh` in an empty home directory of a fresh host. */
export function* runBashScript(script: string): Driven<Ran> {
  const { world, host } = recordingHost('bash');
  placeText(host, '/root/script.sh', script);
  return yield* runProgram(world, { host, netns: host.netns }, ['bash', 'script.sh']);
}
