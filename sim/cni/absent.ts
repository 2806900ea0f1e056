import { printError } from '../linux/process-io';
import type { Step } from './invoke';
import type { Call, Plugin } from './skel';
import { fail } from './types/error';

/** A plugin that is installed but does nothing here: it speaks the protocol and says so. */
export function absentPlugin(name: string, since?: string): Plugin {
  function* refuse<T>(call: Call): Step<T> {
    yield* printError(call.proc, `hopwise: ${name}: this plugin is not simulated\n`);
    return fail(`hopwise: ${name} is not simulated`);
  }
  return { name, since, add: refuse, check: refuse, del: refuse };
}
