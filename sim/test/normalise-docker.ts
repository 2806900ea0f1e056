import type { Transcript, TranscriptCommand } from './normalise';

const AGO = '(?:Less than a second|About an? \\w+|\\d+ (?:second|minute|hour)s?)';

/** Times, process ids, tokens, and where the daemon keeps its namespaces. A data table. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b20\d\d-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '<datetime>'],
  [/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4} \w+/g, '<datetime>'],
  [new RegExp(`\\b${AGO} ago\\b`, 'g'), '<t> ago'],
  [new RegExp(`\\bUp ${AGO}`, 'g'), 'Up <t>'],
  [/("Pid": )[1-9]\d*/g, '$1<pid>'],
  [/SWMTKN-1-[0-9a-z]+-[0-9a-z]+/g, 'SWMTKN-1-<token>'],
  [/"\/run\/(?:docker|h\d)\/netns\//g, '"/var/run/docker/netns/'],
  [/ {2,}/g, '  '],
];
const RACE = /^time="[^"]*" level=error msg="error waiting for container: .*\n?/gm;
const NAMES =
  /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])|(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])|(?<![0-9a-z])(?=[0-9a-z]*[0-9])(?=[0-9a-z]*[a-z])[0-9a-z]{25}(?![0-9a-z])|\bveth[0-9a-f]{7}\b|(?<=--[sd]port )\d{4,5}\b/g;

/** The members of a network are keyed by random ids: ordered by name. */
function ordered(cmd: string, text: string): string {
  if (!cmd.includes('inspect') || !text.startsWith('[') || !text.includes('"Containers"'))
    return text;
  const parsed: unknown = JSON.parse(text);
  const byName = (value: unknown): string => String(Reflect.get(Object(value), 'Name'));
  for (const network of Array.isArray(parsed) ? parsed : []) {
    const members: unknown = Reflect.get(Object(network), 'Containers');
    if (typeof members !== 'object' || members === null) continue;
    const sorted = Object.entries(members).sort(([, a], [, b]) => (byName(a) < byName(b) ? -1 : 1));
    Reflect.set(Object(network), 'Containers', Object.fromEntries(sorted));
  }
  return `${JSON.stringify(parsed, null, 4)}\n`;
}

/** What changes between two runs of a docker scenario, taken away before the common rules: rules D of the corpus. */
export function normaliseDocker(transcript: Transcript): Transcript {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const key = text.slice(0, 12);
    const known = names.get(key) ?? `<n${names.size + 1}>`;
    names.set(key, known);
    return text.length > 12 ? known.toUpperCase() : known;
  };
  const clean = (cmd: string, text: string): string => {
    let out = ordered(cmd, text.replace(RACE, ''));
    for (const [pattern, by] of VOLATILE) out = out.replace(pattern, by);
    return out.replace(NAMES, nameOf);
  };
  const commands = transcript.commands.map(
    (one): TranscriptCommand => ({
      ...one,
      stdout: clean(one.cmd, one.stdout),
      stderr: clean(one.cmd, one.stderr),
    }),
  );
  return { counters: transcript.counters, commands };
}
