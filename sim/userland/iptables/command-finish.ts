import { err, ok, type Result } from '../../base/result';
import type { XtAddress, XtEntry } from '../../linux/netfilter/xt-rule';
import type { XtTarget } from '../../linux/netfilter/xt-target';
import type { Blocking } from '../../linux/wait-queue';
import type { Family } from '../../wire/ip';
import { type AddressMask, parseAddresses } from './address';
import { chainTooLong, isStandardTarget } from './chain-name';
import type { Command, CommandName } from './command';
import type { Draft } from './command-draft';
import { notSimulated, type Parsed, parameterProblem, type XtError } from './extension';
import { checkLegal } from './option-legal';
import type { Session } from './session';
import { storedMatches } from './stored-matches';

const RULE_COMMANDS: readonly CommandName[] = ['replace', 'insert', 'delete', 'append', 'check'];

/** How many rules one command line may make. */
const MAX_PAIRS = 65_536;

/** What do_parse() does after the last option. */
export function* finishCommand(
  session: Session,
  draft: Draft,
  end: { readonly rest: boolean; readonly invert: boolean },
): Blocking<Result<Command, XtError>> {
  const early = checkDraft(draft, end);
  if (early) return err(early);
  const isRule = draft.names.some((name) => RULE_COMMANDS.includes(name));
  const entries = yield* buildEntries(session, draft, isRule);
  if (!entries.ok) return entries;
  if (draft.names[0] === 'replace' && entries.value.length !== 1) {
    return err(parameterProblem('Replacement rule does not specify a unique address'));
  }
  const late = checkLegal(draft.names, draft.options) ?? checkChain(draft);
  if (late) return err(late);
  return ok({
    names: draft.names,
    table: draft.table,
    chain: draft.chain,
    newName: draft.newName,
    policy: draft.policy,
    ruleNumber: draft.ruleNumber,
    options: draft.options,
    entries: isRule ? entries.value : [],
    counters: { packets: draft.packets, bytes: draft.bytes },
    jump: standsForChain(draft) ? draft.jumpTo : undefined,
  });
}

const standsForChain = ({ extensions, jumpTo, goto }: Draft): boolean =>
  jumpTo !== '' && (goto || (extensions.target === undefined && !isStandardTarget(jumpTo)));

function checkDraft(
  draft: Draft,
  end: { readonly rest: boolean; readonly invert: boolean },
): XtError | undefined {
  if (draft.table === 'nat' && (draft.policy === 'DROP' || draft.jumpTo === 'DROP')) {
    return parameterProblem(
      '\nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n',
    );
  }
  if (!draft.wait && draft.waitInterval) {
    return parameterProblem('--wait-interval only makes sense with --wait\n');
  }
  const error = draft.extensions.finalCheck();
  if (error) return error;
  if (end.rest) return parameterProblem('unknown arguments found on commandline');
  if (draft.names.length === 0) return parameterProblem('no command specified');
  if (end.invert) return parameterProblem('nothing appropriate following !');
  // From the second -v on the tool prints its netlink messages.
  const lists = draft.names.every((name) => name === 'list' || name === 'listRules');
  if (draft.verbose > 1 && !lists) return notSimulated('-vv');
  return undefined;
}

/** Names that are too long, and interfaces that a hook does not know. */
function checkChain({ chain, names, options }: Draft): XtError | undefined {
  if (chain === undefined) return undefined;
  const long = chainTooLong(chain);
  if (long) return long;
  const isRule = names.some((name) => name === 'deleteNum' || RULE_COMMANDS.includes(name));
  if (!isRule) return undefined;
  if (['PREROUTING', 'INPUT'].includes(chain) && options.has('o')) {
    return parameterProblem(`Can't use -o with ${chain}\n`);
  }
  if (['POSTROUTING', 'OUTPUT'].includes(chain) && options.has('i')) {
    return parameterProblem(`Can't use -i with ${chain}\n`);
  }
  return undefined;
}

/** ipv4_post_parse(), ipv6_post_parse(): a rule for each pair of a source and a destination. */
function* buildEntries(
  session: Session,
  draft: Draft,
  isRule: boolean,
): Blocking<Parsed<readonly XtEntry[]>> {
  const sources = yield* addressesOf(session, draft.source);
  if (!sources.ok) return sources;
  const destinations = yield* addressesOf(session, draft.destination);
  if (!destinations.ok) return destinations;
  if (sources.value.length * destinations.value.length > MAX_PAIRS) {
    return err(notSimulated(`a rule for more than ${MAX_PAIRS} pairs of addresses`));
  }
  const many = sources.value.length > 1 || destinations.value.length > 1;
  if (many && (draft.inverted.has('s') || draft.inverted.has('d'))) {
    return err(parameterProblem('! not allowed with multiple source or destination IP addresses'));
  }
  if (!isRule) return ok([]);
  const entry: Omit<XtEntry, 'src' | 'dst'> = {
    in: draft.in,
    out: draft.out,
    proto: draft.proto === 0 ? undefined : { value: draft.proto, invert: draft.inverted.has('p') },
    fragment: draft.options.has('f') ? { invert: draft.inverted.has('f') } : undefined,
    matches: storedMatches(draft.extensions.buildMatches()),
    target: targetOf(draft),
  };
  const invert = { src: draft.inverted.has('s'), dst: draft.inverted.has('d') };
  return ok(
    sources.value.flatMap((src) =>
      destinations.value.map((dst) => ({
        ...entry,
        src: entryAddress(src, invert.src),
        dst: entryAddress(dst, invert.dst),
      })),
    ),
  );
}

function* addressesOf(
  { proc, family }: Session,
  text: string | undefined,
): Blocking<Parsed<readonly AddressMask[]>> {
  return yield* parseAddresses(proc, family, text ?? anyNetwork(family));
}

const anyNetwork = (family: Family): string => (family === 4 ? '0.0.0.0/0' : '::0/0');

/** Any address at all is no condition. */
function entryAddress({ address, mask }: AddressMask, invert: boolean): XtAddress | undefined {
  const any = BigInt(address) === 0n && BigInt(mask) === 0n;
  return any && !invert ? undefined : { address, mask, invert };
}

function targetOf(draft: Draft): XtTarget | undefined {
  const { extensions, goto, jumpTo } = draft;
  if (jumpTo === '') return undefined;
  if (goto) return { name: 'chain', chain: jumpTo, goto };
  if (isStandardTarget(jumpTo)) return { name: jumpTo };
  return extensions.buildTarget() ?? { name: 'chain', chain: jumpTo, goto };
}
