import type { Result } from '../base/result';
import type { RunState, World } from '../linux/world';
import type { Driven } from './drive';
import { runProgram } from './place';
import { fill, type Variant } from './variant';

/** A part of a script that runs on one host. */
export interface Section {
  readonly host: string;
  readonly text: string;
}

/** Splits a script at lines `# on: HOST`; what stands before the first runs on `home`. */
export function sectionsOf(script: string, home: string): readonly Section[] {
  const sections: { host: string; lines: string[] }[] = [{ host: home, lines: [] }];
  for (const line of script.split('\n')) {
    const host = /^#\s*on:\s*([a-z][a-z0-9-]*)\s*$/.exec(line)?.[1];
    if (host) sections.push({ host, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections
    .map(({ host, lines }) => ({ host, text: lines.join('\n') }))
    .filter(({ text }) => /^\s*[^#\s]/m.test(text));
}

/** Longest that one section may run, virtual time. */
const SCRIPT_US = 600_000_000;
export const SCRIPT_TOO_LONG = `stopped: more than ${SCRIPT_US / 1_000_000} s of virtual time`;

export interface ScriptRun {
  readonly host: string;
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly state: RunState;
}

/** Runs one section as `bash -c` on its host, as root, until it ends. */
export function* runSection(world: World, section: Section): Driven<ScriptRun> {
  const host = world.hosts.get(section.host);
  if (!host) {
    const stderr = `no host ${section.host}\n`;
    return { host: section.host, code: 127, stdout: '', stderr, state: { kind: 'idle' } };
  }
  const place = { host, netns: host.netns };
  const argv = ['bash', '-c', section.text];
  const ran = yield* runProgram(world, place, argv, { timeoutUs: SCRIPT_US });
  return { host: section.host, ...ran };
}

/** Lines `# answer: CHECK-ID VALUE` are what the author of a script says to a lab's questions. */
export function answersIn(text: string): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const [, id = '', value = ''] of text.matchAll(/^#\s*answer:\s*(\S+)\s+(.*)$/gm)) {
    answers.set(id, value.trim());
  }
  return answers;
}

/** Fills a lab's `${name}` in a script; a name that the script itself assigns is the shell's. */
export function fillScript(text: string, variant: Variant): Result<string, string> {
  const assigned = (name: string): boolean =>
    new RegExp(`(^|[\\s;&|(])(for\\s+|read\\s+(-\\S+\\s+)*)?${name}(=|\\s+in\\b|\\+=)`, 'm').test(
      text,
    );
  const own = Object.entries(variant).filter(([name]) => !assigned(name));
  return fill(text, Object.fromEntries(own));
}
