import { assertNever } from '../../base/assert';
import { err, ok, type Result } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import type { Command, CommandName, OptionLetter } from './command';
import { CommandLine } from './command-line';
import { parameterProblem, VERSION_PROBLEM, type XtError } from './extension';
import type { NftCmdBody } from './nft-cmd';
import type { NftHandle } from './nft-handle';
import { type Exit, exitError, type Session } from './session';
import { builtinTable } from './tables';

/** do_commandx(), iptables/xtables.c: a command line becomes commands of the handle. */
export function* doCommand(
  session: Session,
  handle: NftHandle,
  given: { readonly argv: readonly string[]; readonly table?: string | undefined },
): Blocking<Result<undefined, Exit>> {
  const parsed = yield* new CommandLine(session, given.argv, given.table).parse();
  if (!parsed.ok) return parsed;
  const command = parsed.value;
  if (!builtinTable(command.table)) {
    const text = `table '${command.table}' does not exist`;
    return err(exitError(session, { status: VERSION_PROBLEM, text }));
  }
  const error = requireProtocol(command);
  if (error) return err(exitError(session, error));
  const line = Math.max(session.line, 0);
  const common = { table: command.table, line, verbose: command.options.has('v') };
  for (const name of listFirst(command.names)) {
    for (const cmd of commandsOf(name, command)) handle.add({ ...common, ...cmd });
  }
  return ok(undefined);
}

/** -L -Z shows the counters before they go. */
const listFirst = (names: readonly CommandName[]): readonly CommandName[] =>
  [...names].sort((a, b) => Number(isList(b)) - Number(isList(a)));
const isList = (name: CommandName): boolean => name === 'list' || name === 'listRules';

function commandsOf(name: CommandName, command: Command): readonly NftCmdBody[] {
  const { options, ruleNumber } = command;
  const chain = command.chain ?? '';
  const index = ruleNumber - 1;
  switch (name) {
    case 'append':
    case 'delete':
    case 'check':
      return rulesOf(command).map((rule) => ({ kind: name, ...rule }));
    case 'insert':
    case 'replace':
      return rulesOf(command).map((rule) => ({ kind: name, ...rule, index }));
    case 'deleteNum':
    case 'zeroNum':
      return [{ kind: name, chain, index }];
    case 'flush':
    case 'zero':
      return [{ kind: name, chain: command.chain }];
    case 'deleteChain':
      return [{ kind: 'chainDel', chain: command.chain }];
    case 'new':
      return [{ kind: 'userAdd', chain }];
    case 'rename':
      return [{ kind: 'rename', chain, newName: command.newName ?? '' }];
    case 'policy': {
      const counters = { packets: 0, bytes: 0 };
      return [{ kind: 'chainSet', chain, policy: command.policy ?? '', counters }];
    }
    case 'list':
      return [{ kind: 'list', chain: command.chain, ruleNumber, format: listFormat(options) }];
    case 'listRules': {
      const counters = options.has('v');
      return [{ kind: 'listRules', chain: command.chain, ruleNumber, counters }];
    }
    default:
      return assertNever(name);
  }
}

const rulesOf = ({ chain = '', counters, entries, jump }: Command) =>
  entries.map((entry) => ({ chain, entry, counters, jump }));

/** list_entries(), iptables/xtables.c. */
const listFormat = (options: ReadonlySet<OptionLetter>) => ({
  numeric: options.has('n'),
  counts: options.has('v'),
  via: options.has('v'),
  rounded: !options.has('x'),
  lineNumbers: options.has('0'),
  table: true,
});

/** add_nft_tcp(), add_nft_udp(): what becomes nft's own comparison wants the protocol said. */
function requireProtocol({ entries }: Command): XtError | undefined {
  for (const { matches, proto } of entries) {
    for (const m of matches) {
      if (m.name !== 'tcp' && m.name !== 'udp') continue;
      const number = m.name === 'tcp' ? 6 : 17;
      const compared = m.sport ?? m.dport ?? (m.name === 'tcp' && !m.option && m.flags);
      if (compared && proto?.value !== number) {
        return parameterProblem(`${m.name.toUpperCase()} match requires '-p ${m.name}'`);
      }
    }
  }
  return undefined;
}
