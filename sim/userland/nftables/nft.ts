import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { getopt, type LongOption } from '../glibc/getopt';
import { runCommand } from './command';
import { HELP } from './help';

const LONG: readonly LongOption[] = [
  { name: 'help', short: 'h' },
  { name: 'version', short: 'v' },
  { name: 'check', short: 'c' },
  { name: 'file', argument: 'required', short: 'f' },
  { name: 'define', argument: 'required', short: 'D' },
  { name: 'interactive', short: 'i' },
  { name: 'includepath', argument: 'required', short: 'I' },
  { name: 'numeric', short: 'n' },
  { name: 'stateless', short: 's' },
  { name: 'reversedns', short: 'N' },
  { name: 'service', short: 'S' },
  { name: 'json', short: 'j' },
  { name: 'debug', argument: 'required', short: 'd' },
  { name: 'handle', short: 'a' },
  { name: 'echo', short: 'e' },
  { name: 'guid', short: 'u' },
  { name: 'numeric-priority', short: 'y' },
  { name: 'numeric-protocol', short: 'p' },
  { name: 'numeric-time', short: 'T' },
  { name: 'terse', short: 't' },
  { name: 'optimize', short: 'o' },
];

/** Options that would change what is read or printed in ways that the engine does not have. */
const ABSENT = ['c', 'f', 'D', 'i', 'I', 'j', 'd', 'e', 'o', 'S', 'N', 'u'] as const;

/** main() of nft 1.0.6: what iptables-nft keeps in nf_tables, as nft shows it. */
export const nft: Program = function* (proc, argv) {
  const parsed = getopt(argv, '+hvVcf:D:iI:jvnsNaeSupypTtod:', LONG);
  const options = parsed.ok ? parsed.options : parsed.before;
  const has = (letter: string): boolean => options.some((o) => o.name === letter);
  if (has('h')) return yield* finish(proc, HELP, '', 0);
  if (has('v')) return yield* finish(proc, 'nftables v1.0.6 (Lester Gooch #5)\n', '', 0);
  if (!parsed.ok) return yield* finish(proc, '', parsed.error, 1);
  const absent = ABSENT.find(has);
  if (absent) return yield* finish(proc, '', `hopwise: nft: -${absent} is not simulated\n`, 2);
  const words = parsed.operands;
  if (words.length === 0) return yield* finish(proc, '', `${argv[0]}: no command specified\n`, 1);
  if (words.slice(1).some((word) => /^-./.test(word))) {
    const text = 'Error: syntax error, options must be specified before commands\n';
    const line = argv.join(' ');
    return yield* finish(proc, '', `${text}${line}\n`, 1);
  }
  const numeric = has('n');
  const answer = runCommand(
    {
      net: proc.netns,
      style: {
        handles: has('a'),
        stateless: has('s'),
        numericPriority: numeric || has('y'),
        numericProtocol: numeric || has('p'),
      },
    },
    words.join(' '),
  );
  return yield* finish(proc, answer.out, answer.err, answer.code);
};

function* finish(proc: Proc, out: string, error: string, code: number): Blocking<number> {
  if (out !== '') yield* print(proc, out);
  if (error !== '') yield* printError(proc, error);
  return code;
}
