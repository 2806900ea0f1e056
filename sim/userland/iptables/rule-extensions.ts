import { err, ok, type Result } from '../../base/result';
import type { XtMatch } from '../../linux/netfilter/xt-match';
import type { XtTarget } from '../../linux/netfilter/xt-target';
import type { Blocking } from '../../linux/wait-queue';
import type {
  Extension,
  MatchExtension,
  Parsing,
  RuleContext,
  TargetExtension,
  XtError,
  XtOption,
} from './extension';
import { findMatch } from './extensions';
import type { GetoptLong, LongOption } from './getopt-long';
import { checkOptions, checkUse } from './option-check';
import { parseValue } from './option-value';
import { protoToName } from './protocol';
import { strtoul } from './strtoul';

interface Loaded<U> {
  readonly extension: Extension<U>;
  readonly parsing: Parsing<U>;
  readonly flags: Set<string>;
  /** Another one of the same match came later and takes the options. */
  completed: boolean;
}

/** An option of an extension as the command line gave it. */
export interface GivenOption {
  readonly value: string;
  readonly arg: string | undefined;
  readonly invert: boolean;
}

/** The matches and the target of the rule being read (struct iptables_command_state). */
export class RuleExtensions {
  readonly #matches: Loaded<XtMatch>[] = [];
  #target: Loaded<XtTarget> | undefined;
  #long: readonly LongOption[];
  #protoUsed = false;

  constructor(
    private readonly base: readonly LongOption[],
    private readonly warn: (text: string) => void,
  ) {
    this.#long = base;
  }

  /** xt_params->opts: the base options, then those of the extensions, the newest first. */
  get long(): readonly LongOption[] {
    return this.#long;
  }

  get target(): TargetExtension | undefined {
    return this.#target?.extension;
  }

  get matches(): readonly MatchExtension[] {
    return this.#matches.map((one) => one.extension);
  }

  addMatch(extension: MatchExtension, rule: RuleContext): void {
    const earlier = this.#matches.filter((one) => one.extension === extension);
    for (const one of earlier) one.completed = true;
    this.#matches.push({ ...load(extension, rule) });
    if (earlier.length === 0) this.#merge('m', extension);
  }

  setTarget(extension: TargetExtension, rule: RuleContext): void {
    this.#target = load(extension, rule);
    this.#merge('j', extension);
  }

  /** xtables_merge_options(), xtables_options_xfrm(). */
  #merge(kind: 'm' | 'j', extension: Extension<XtMatch> | Extension<XtTarget>): void {
    const own: LongOption[] = [
      ...(extension.extraOptions ?? []),
      ...(extension.options ?? []).map(({ name, id, type }) => ({
        name,
        id,
        argument: type === 'none' ? ('none' as const) : ('required' as const),
      })),
    ].map(({ name, id, argument }) => ({
      name,
      argument,
      value: `${kind} ${extension.name} ${id} ${name}`,
    }));
    this.#long = [...this.base, ...own, ...this.#long.slice(this.base.length)];
  }

  /** load_proto(), iptables/xshared.c: `-p tcp` brings the match when an option is not known. */
  loadProto(protocol: string | undefined, numeric: boolean, rule: RuleContext): boolean {
    if (protocol === undefined) return false;
    const number = strtoul(protocol, 0, 255);
    const name = number === undefined ? protocol : protoToName(number, numeric);
    const extension = name === undefined ? undefined : findMatch(name, rule.family);
    if (!extension) return false;
    if (this.#matches.some((one) => one.extension === extension) && this.#protoUsed) return false;
    this.#protoUsed = true;
    this.addMatch(extension, rule);
    return true;
  }

  /** command_default(): the extension that the option belongs to reads it; undefined: nobody's. */
  *parse(
    given: GivenOption,
    rule: RuleContext,
    scan: GetoptLong,
  ): Blocking<Result<boolean, XtError>> {
    const [kind, extension, , name] = given.value.split(' ');
    if (name === undefined) return ok(false);
    const loaded =
      kind === 'j'
        ? this.#target
        : this.#matches.find((one) => one.extension.name === extension && !one.completed);
    if (!loaded) return ok(false);
    const error = yield* this.#parseOption(loaded, name, { ...given, rule, scan });
    return error ? err(error) : ok(true);
  }

  *#parseOption(
    loaded: Loaded<XtMatch> | Loaded<XtTarget>,
    name: string,
    given: GivenOption & { readonly rule: RuleContext; readonly scan: GetoptLong },
  ): Blocking<XtError | undefined> {
    const { extension, flags, parsing } = loaded;
    const { invert, rule, scan } = given;
    const arg = given.arg ?? '';
    const named = extension.options?.find((o) => o.name === name);
    // xtables_option_lookup(): of synonyms the first one speaks.
    const guided = extension.options?.find((o) => o.id === named?.id);
    const option: XtOption = guided ?? { name, id: name, type: 'none' };
    if (guided) {
      const misuse = checkUse(extension.name, guided, { flags, invert });
      if (misuse) return misuse;
    }
    const value = yield* parseValue({ extension: extension.name, option, arg, rule });
    if (!value.ok) return value.error;
    if (guided) flags.add(guided.id);
    return parsing.parse({
      rule,
      id: option.id,
      name,
      arg,
      invert,
      value: value.value,
      flags,
      next: () => scan.argv[scan.optind],
      take: () => {
        scan.optind++;
      },
      warn: this.warn,
    });
  }

  /** xtables_option_mfcall() and xtables_option_tfcall() of all. */
  finalCheck(): XtError | undefined {
    for (const one of this.#matches) {
      const error = finalCheckOf(one);
      if (error) return error;
    }
    return this.#target && finalCheckOf(this.#target);
  }

  buildMatches(): readonly XtMatch[] {
    return this.#matches.map((one) => one.parsing.build());
  }

  buildTarget(): XtTarget | undefined {
    return this.#target?.parsing.build();
  }
}

const load = <U>(extension: Extension<U>, rule: RuleContext): Loaded<U> => ({
  extension,
  parsing: extension.begin(rule),
  flags: new Set(),
  completed: false,
});

function finalCheckOf({
  extension,
  flags,
  parsing,
}: Loaded<XtMatch> | Loaded<XtTarget>): XtError | undefined {
  return (
    parsing.finalCheck(flags) ??
    (extension.options && checkOptions(extension.name, extension.options, flags))
  );
}
