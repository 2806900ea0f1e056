import {
  IPS_ASSURED,
  IPS_EXPECTED,
  IPS_FIXED_TIMEOUT,
  IPS_SEEN_REPLY,
} from '../../linux/netfilter/conntrack/conn';
import { type CtCommand, type Failure, type OutputFormat, problem } from './command';

const STATUS: readonly (readonly [string, number])[] = [
  ['ASSURED', IPS_ASSURED],
  ['SEEN_REPLY', IPS_SEEN_REPLY],
  ['UNSET', 0],
  ['FIXED_TIMEOUT', IPS_FIXED_TIMEOUT],
  ['EXPECTED', IPS_EXPECTED],
  ['OFFLOAD', 1 << 14],
  ['HW_OFFLOAD', 1 << 15],
];

const EVENTS = [
  ['ALL', ['new', 'update', 'destroy']],
  ['NEW', ['new']],
  ['UPDATES', ['update']],
  ['DESTROY', ['destroy']],
] as const;

const OUTPUTS: readonly OutputFormat[] = [
  'xml',
  'extended',
  'timestamp',
  'id',
  'ktimestamp',
  'labels',
  'userspace',
  'save',
];

/** strncasecmp(): the word is the name or begins it. */
const begins = (name: string, word: string): boolean =>
  name.toLowerCase().startsWith(word.toLowerCase());

/** do_parse_parameter() for each word; an error names what is left of the list. */
function eachWord(
  cmd: CtCommand,
  list: string,
  take: (word: string) => boolean,
): Failure | undefined {
  const words = list.split(',');
  for (const [i, word] of words.entries()) {
    if (word !== '' && natWarning(cmd, word)) continue;
    if (word === '' || !take(word)) return problem(`Bad parameter \`${words.slice(i).join(',')}'`);
  }
  return undefined;
}

function natWarning(cmd: CtCommand, word: string): boolean {
  for (const [name, option] of [
    ['SRC_NAT', 'src-nat'],
    ['DST_NAT', 'dst-nat'],
  ] as const) {
    if (!begins(name, word)) continue;
    cmd.warnings += `WARNING: ignoring ${name}, use --${option} instead\n`;
    return true;
  }
  return false;
}

/** `-e`. */
export const parseEvents = (cmd: CtCommand, list: string): Failure | undefined =>
  eachWord(cmd, list, (word) => {
    const found = EVENTS.find(([name]) => begins(name, word));
    for (const event of found?.[1] ?? []) cmd.events.add(event);
    return found !== undefined;
  });

/** `-o`. */
export function parseOutput(cmd: CtCommand, list: string): Failure | undefined {
  const failed = eachWord(cmd, list, (word) => {
    const found = OUTPUTS.find((name) => begins(name, word));
    if (found) cmd.output.add(found);
    return found !== undefined;
  });
  if (failed) return failed;
  const others = [...cmd.output].some((name) => name !== 'save' && name !== 'userspace');
  if (!cmd.output.has('save') || !others) return undefined;
  const text = 'cannot combine save output with any other output type, use -o save only';
  return { text, code: 1 };
}

/** `-u`: parse_parameter_mask(); `!` and UNREPLIED ask for bits that are not set. */
export function parseStatus(cmd: CtCommand, list: string): Failure | undefined {
  let value = 0;
  let mask = cmd.status?.mask ?? 0;
  const failed = eachWord(cmd, list, (word) => {
    const negated = word.startsWith('!');
    const name = negated ? word.slice(1) : word;
    if (!negated && name.startsWith('UNREPLIED')) {
      mask |= IPS_SEEN_REPLY;
      return true;
    }
    const found = name === '' ? undefined : STATUS.find(([known]) => begins(known, name));
    if (negated) mask |= found?.[1] ?? 0;
    else value |= found?.[1] ?? 0;
    return found !== undefined;
  });
  cmd.status = { value, mask: mask === 0 ? value : mask };
  return failed;
}
