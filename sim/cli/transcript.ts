import { readFileSync } from 'node:fs';
import { drive } from './drive';
import { recordScenario } from './recorder';

/** `sim transcript FILE.sh`: JSON lines `{cmd, stdout, stderr, code}`. */
export async function transcript(args: readonly string[]): Promise<number> {
  const [file] = args;
  if (file === undefined) {
    process.stderr.write('usage: sim transcript FILE.sh\n');
    return 2;
  }
  const recorded = await drive(recordScenario(readFileSync(file, 'utf8')));
  for (const one of recorded) process.stdout.write(`${JSON.stringify(one)}\n`);
  return 0;
}
