import type { Driven } from '../lab/drive';
import { type Ran, runProgram } from '../lab/place';
import { placeText } from '../linux/filesystem';
import { recordingHost } from './recorder';

/** Where the recordings kept the script, outside of the home directory; they call it `script.sh`. */
const SCRIPT = '/tmp/bt_script.sh';

/** Runs a text as `bash script.sh` in an empty home directory of a fresh host. */
export function* runBashScript(script: string): Driven<Ran> {
  const { world, host } = recordingHost('bash');
  placeText(host, SCRIPT, script);
  const ran = yield* runProgram(world, { host, netns: host.netns }, ['bash', SCRIPT]);
  return { ...ran, stderr: ran.stderr.replaceAll(SCRIPT, 'script.sh') };
}
