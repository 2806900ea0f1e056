import type { Program } from '../../linux/inode';
import type { Blocking } from '../../linux/wait-queue';
import { absentFlag, isAbsentCommand } from './absent';
import { Client } from './client';
import { argsError, type Command, type Group } from './command';
import { execCommand } from './exec';
import { bool, type Flag, parseFlags, text } from './flags';
import { ABSENT_COMMANDS, DOCKER_HELP, groupHelp } from './help';
import { HELP_OPTIONS } from './help-options';
import { RUN_OPTIONS } from './help-run';
import { imagesCommand, rmiCommand, tagCommand } from './images';
import { containerInspectCommand, imageInspectCommand, inspectCommand } from './inspect';
import {
  attachCommand,
  killCommand,
  pauseCommand,
  renameCommand,
  restartCommand,
  rmCommand,
  startCommand,
  stopCommand,
  unpauseCommand,
  updateCommand,
  waitCommand,
} from './lifecycle';
import { logsCommand } from './logs';
import { networkCommands } from './network';
import { nodeCommands } from './node';
import { portCommand } from './port';
import { psCommand } from './ps';
import { pullCommand } from './pull';
import { createCommand, runCommand } from './run';
import { swarmCommands } from './swarm';
import { containerPruneCommand, DOCKER_VERSION, infoCommand, versionCommand } from './system';
import { topCommand } from './top';

const DEFAULT_HOST = 'unix:///var/run/docker.sock';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['attach', attachCommand],
  ['create', createCommand],
  ['exec', execCommand],
  ['images', imagesCommand],
  ['info', infoCommand],
  ['inspect', inspectCommand],
  ['kill', killCommand],
  ['logs', logsCommand],
  ['pause', pauseCommand],
  ['port', portCommand],
  ['ps', psCommand],
  ['pull', pullCommand],
  ['rename', renameCommand],
  ['restart', restartCommand],
  ['rm', rmCommand],
  ['rmi', rmiCommand],
  ['run', runCommand],
  ['start', startCommand],
  ['stop', stopCommand],
  ['tag', tagCommand],
  ['top', topCommand],
  ['unpause', unpauseCommand],
  ['update', updateCommand],
  ['version', versionCommand],
  ['wait', waitCommand],
]);

const pick = (...names: readonly string[]): readonly (readonly [string, Command])[] =>
  names.flatMap((name) => {
    const command = COMMANDS.get(name);
    return command ? [[name, command] as const] : [];
  });

const GROUPS: ReadonlyMap<string, Group> = new Map<string, Group>([
  [
    'container',
    {
      short: 'Manage containers',
      commands: new Map([
        ...pick('attach', 'create', 'exec'),
        ['inspect', containerInspectCommand],
        ...pick('kill', 'logs'),
        ['ls', psCommand],
        ['list', psCommand],
        ...pick('pause', 'port'),
        ['prune', containerPruneCommand],
        ...pick(
          'rename',
          'restart',
          'rm',
          'run',
          'start',
          'stop',
          'top',
          'unpause',
          'update',
          'wait',
        ),
      ]),
    },
  ],
  [
    'image',
    {
      short: 'Manage images',
      commands: new Map([
        ['inspect', imageInspectCommand],
        ['ls', imagesCommand],
        ['list', imagesCommand],
        ['pull', pullCommand],
        ['rm', rmiCommand],
        ['tag', tagCommand],
      ]),
    },
  ],
  ['network', { short: 'Manage networks', commands: networkCommands }],
  ['node', { short: 'Manage Swarm nodes', commands: nodeCommands }],
  ['swarm', { short: 'Manage Swarm', commands: swarmCommands }],
]);

const GLOBAL: readonly Flag[] = [
  text('config'),
  text('context', 'c'),
  bool('debug', 'D'),
  text('host', 'H'),
  text('log-level', 'l'),
  bool('tls'),
  text('tlscacert'),
  text('tlscert'),
  text('tlskey'),
  bool('tlsverify'),
  bool('version', 'v'),
  bool('help', 'h'),
];

/** docker(1) 20.10. */
export const docker: Program = function* (proc, argv) {
  const parsed = parseFlags(argv.slice(1), GLOBAL, false);
  const plain = new Client(proc, DEFAULT_HOST);
  if (!parsed.ok) {
    yield* plain.error(`${parsed.error}\nSee 'docker --help'.\n${DOCKER_HELP}`);
    return 125;
  }
  const { value: globals } = parsed;
  if (globals.on('version')) {
    yield* plain.out(`Docker version ${DOCKER_VERSION}, build 297e128\n`);
    return 0;
  }
  const [name, ...rest] = globals.args;
  if (name === undefined || globals.on('help')) {
    yield* plain.out(DOCKER_HELP);
    return 0;
  }
  const address = globals.value('host') || proc.env.get('DOCKER_HOST') || DEFAULT_HOST;
  if (!address.startsWith('unix://')) {
    yield* plain.error(`hopwise: docker: a daemon at ${address} is not simulated\n`);
    return 2;
  }
  return yield* dispatch(new Client(proc, address), name, rest);
};

function* dispatch(client: Client, name: string, rest: readonly string[]): Blocking<number> {
  const group = GROUPS.get(name);
  if (group) return yield* dispatchGroup(client, { name, group }, rest);
  const command = COMMANDS.get(name);
  if (command) return yield* runOne(client, { path: name, command }, rest);
  if (ABSENT_COMMANDS.has(name)) {
    yield* client.error(`hopwise: docker: ${name} is not simulated\n`);
    return 2;
  }
  yield* client.error(`docker: '${name}' is not a docker command.\nSee 'docker --help'\n`);
  return 1;
}

function* dispatchGroup(
  client: Client,
  { name, group }: { readonly name: string; readonly group: Group },
  rest: readonly string[],
): Blocking<number> {
  const [word, ...words] = rest;
  const command = word === undefined ? undefined : group.commands.get(word);
  if (word !== undefined && command) {
    return yield* runOne(client, { path: `${name} ${word}`, command }, words);
  }
  if (word !== undefined && isAbsentCommand(name, word)) {
    yield* client.error(`hopwise: docker: ${name} ${word} is not simulated\n`);
    return 2;
  }
  const help = groupHelp(name, group);
  if (word === undefined || word === '--help') {
    yield* client.out(help);
    return 0;
  }
  if (word.startsWith('-')) {
    yield* client.error(`unknown flag: ${word}\nSee 'docker ${name} --help'.\n`);
    return 125;
  }
  yield* client.error(help);
  return 1;
}

function* runOne(
  client: Client,
  { path, command }: { readonly path: string; readonly command: Command },
  words: readonly string[],
): Blocking<number> {
  const help = bool('help');
  const parsed = parseFlags(words, [...command.flags, help], command.interspersed ?? true);
  if (!parsed.ok) {
    const absent = absentFlag(path, parsed.error);
    if (absent !== undefined) {
      yield* client.error(`hopwise: docker: ${path} ${absent} is not simulated\n`);
      return 2;
    }
    yield* client.error(`${parsed.error}\nSee 'docker ${path} --help'.\n`);
    return 125;
  }
  if (parsed.value.on('help')) {
    yield* client.out(usage(path, command));
    return 0;
  }
  const wrong = argsError(path, command, parsed.value.args.length);
  if (wrong !== undefined) {
    yield* client.error(wrong);
    return 1;
  }
  return yield* command.run(client, parsed.value);
}

/** A command's help: the real text where it is kept, else its usage and the names of its options. */
function usage(path: string, command: Command): string {
  const known = path === 'run' ? RUN_OPTIONS : HELP_OPTIONS.get(path);
  const options = known ?? optionNames(command);
  const below = options === '' ? '' : `\n${options}`;
  return `\nUsage:  docker ${command.usage}\n\n${command.short}\n${below}`;
}

function optionNames(command: Command): string {
  const names = command.flags.map((flag) => {
    const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
    return `  ${short}--${flag.name}${flag.kind === 'bool' ? '' : ` ${flag.kind}`}`;
  });
  return names.length > 0 ? `Options:\n${names.join('\n')}\n` : '';
}
