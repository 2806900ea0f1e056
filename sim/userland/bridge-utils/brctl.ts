import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import type { Answer } from './answer';
import { addBr, addIf, delBr, delIf } from './brctl-ports';
import { hairpin, setBridge, setPort } from './brctl-set';
import { show, showMacs, showStp } from './brctl-show';

interface Command {
  readonly name: string;
  readonly arguments: number;
  readonly help: string;
  run(proc: Proc, words: readonly string[]): Answer;
}

const command = (name: string, count: number, help: string, run: Command['run']): Command => ({
  name,
  arguments: count,
  help,
  run,
});

/** commands[] of brctl/brctl_cmd.c, bridge-utils 1.7. */
const COMMANDS: readonly Command[] = [
  command('addbr', 1, '<bridge>\t\tadd bridge', addBr),
  command('delbr', 1, '<bridge>\t\tdelete bridge', delBr),
  command('addif', 2, '<bridge> <device>\tadd interface to bridge', addIf),
  command('delif', 2, '<bridge> <device>\tdelete interface from bridge', delIf),
  command('hairpin', 3, '<bridge> <port> {on|off}\tturn hairpin on/off', hairpin),
  command('setageing', 2, '<bridge> <time>\t\tset ageing time', setBridge('ageingTime')),
  command('setbridgeprio', 2, '<bridge> <prio>\t\tset bridge priority', setBridge('priority')),
  command('setfd', 2, '<bridge> <time>\t\tset bridge forward delay', setBridge('forwardDelay')),
  command('sethello', 2, '<bridge> <time>\t\tset hello time', setBridge('helloTime')),
  command('setmaxage', 2, '<bridge> <time>\t\tset max message age', setBridge('maxAge')),
  command('setpathcost', 3, '<bridge> <port> <cost>\tset path cost', setPort('cost')),
  command('setportprio', 3, '<bridge> <port> <prio>\tset port priority', setPort('priority')),
  command('show', 0, '[ <bridge> ]\t\tshow a list of bridges', show),
  command('showmacs', 1, '<bridge>\t\tshow a list of mac addrs', showMacs),
  command('showstp', 1, '<bridge>\t\tshow bridge stp info', showStp),
  command('stp', 2, '<bridge> {on|off}\tturn stp on/off', setBridge('stpState')),
];

const usage = (): string => {
  const lines = COMMANDS.map((c) => `\t${c.name.padEnd(10)}\t${c.help}\n`);
  return `Usage: brctl [commands]\ncommands:\n${lines.join('')}`;
};

/** brctl of bridge-utils 1.7. */
export function* brctl(proc: Proc, argv: readonly string[]): Process {
  const answer = dispatch(proc, argv.slice(1));
  yield* print(proc, answer.out ?? '');
  yield* printError(proc, answer.error ?? '');
  return answer.code;
}

function dispatch(proc: Proc, words: readonly string[]): Answer {
  const [name, ...rest] = words;
  if (name === undefined) return { out: usage(), code: 1 };
  if (name === '-V' || name === '--version') return { out: 'bridge-utils, 1.7\n', code: 0 };
  if (name === '-h' || name === '--help') return { out: usage(), code: 0 };
  const found = COMMANDS.find((c) => c.name === name);
  if (!found) return { error: `never heard of command [${name}]\n`, out: usage(), code: 1 };
  if (rest.length < found.arguments) {
    const text = `Incorrect number of arguments for command\nUsage: brctl ${name} ${found.help}\n`;
    return { out: text, code: 1 };
  }
  return found.run(proc, rest);
}
