import { err, ok, type Result } from '../../base/result';
import type { XtMatch } from '../../linux/netfilter/xt-match';
import type { XtTarget } from '../../linux/netfilter/xt-target';
import type { Proc } from '../../linux/process';
import type { Ip, Mac } from '../../wire/frame';
import type { Family } from '../../wire/ip';

/** enum xtables_exittype: what a failure's exit status is. */
export const OTHER_PROBLEM = 1;
export const PARAMETER_PROBLEM = 2;
export const VERSION_PROBLEM = 3;
export const RESOURCE_PROBLEM = 4;

/** xtables_error(): a text and the exit status; the tool puts its name and version before it. */
export interface XtError {
  readonly status: number;
  readonly text: string;
  /** The tool knows it and the engine does not: `text` names what. */
  readonly absent?: true;
}

export const parameterProblem = (text: string): XtError => ({ status: PARAMETER_PROBLEM, text });
export const otherProblem = (text: string): XtError => ({ status: OTHER_PROBLEM, text });

/** What the engine does not do is said: `hopwise: iptables: WHAT is not simulated`, status 2. */
export const notSimulated = (what: string): XtError => ({ status: 2, text: what, absent: true });

/** enum xt_option_type without its sizes: `list` types take what stands between colons. */
export type XtOptionType =
  | 'none'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'uint8rc'
  | 'uint16rc'
  | 'uint32rc'
  | 'uint64rc'
  | 'double'
  | 'string'
  | 'tosmask'
  | 'markmask32'
  | 'sysloglevel'
  | 'host'
  | 'hostmask'
  | 'protocol'
  | 'port'
  | 'portrc'
  | 'plen'
  | 'plenmask'
  | 'ethermac';

/** struct xt_option_entry, include/xtables.h; synonyms share an id. */
export interface XtOption {
  readonly name: string;
  readonly id: string;
  readonly type: XtOptionType;
  readonly invert?: boolean;
  readonly mandatory?: boolean;
  readonly multi?: boolean;
  /** Ids that cannot stand beside it, and ids that must. */
  readonly excl?: readonly string[];
  readonly also?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** struct option of getopt(3), for extensions whose parser checks everything itself. */
export interface GetoptEntry {
  readonly name: string;
  readonly id: string;
  readonly argument: 'none' | 'required' | 'optional';
}

/** The union `val` of struct xt_option_call: what the option's type read. */
export interface XtValue {
  /** uint*, plen, protocol, port, sysloglevel, double. */
  readonly num: number;
  /** uint*rc and portrc: the parts given, at most two, with the default of an empty one. */
  readonly nums: readonly number[];
  readonly nvals: number;
  readonly mark: number;
  readonly mask: number;
  readonly address: Ip;
  readonly addressMask: Ip;
  readonly prefixLen: number;
  readonly mac: Mac;
}

/** The rule around the extension, as parsed so far. */
export interface RuleContext {
  readonly proc: Proc;
  readonly family: Family;
  /** `iptables` or `ip6tables`. */
  readonly program: string;
  /** `-p`: undefined when not given. */
  readonly proto: { readonly value: number; readonly invert: boolean } | undefined;
}

/** struct xt_option_call. */
export interface XtOptionCall<I extends string = string> {
  readonly rule: RuleContext;
  readonly id: I;
  readonly name: string;
  readonly arg: string;
  readonly invert: boolean;
  readonly value: XtValue;
  /** Ids seen before this one (`xflags`); a getopt-style parser adds its own. */
  readonly flags: Set<string>;
  /** argv[optind]. */
  readonly next: () => string | undefined;
  /** optind++. */
  readonly take: () => void;
  /** fprintf(stderr, …) of a parser that goes on. */
  readonly warn: (text: string) => void;
}

/** How -L prints: `numeric` is -n; `hostName` is xtables_ipaddr_to_anyname(). */
export interface PrintStyle {
  /** Whose /etc/passwd names users; absent where numbers are wanted. */
  readonly proc?: Proc;
  readonly numeric: boolean;
  readonly family: Family;
  readonly hostName: (ip: Ip) => string;
}

/** One `-m x` or `-j X` that is being read. */
export interface Parsing<T> {
  /** xtables_option_mpcall(), after the guided checks. */
  readonly parse: (call: XtOptionCall) => XtError | undefined;
  /** xtables_option_mfcall(), before the guided checks. */
  readonly finalCheck: (flags: ReadonlySet<string>) => XtError | undefined;
  readonly build: () => T;
}

/** struct xtables_match and xtables_target. */
export interface Extension<U> {
  /** As `-m` or `-j` names it. */
  readonly name: string;
  /** real_name: as -L and -S show it. */
  readonly listedAs: string;
  readonly families: readonly Family[];
  /** x6_options: guided; extra_opts: getopt's. */
  readonly options: readonly XtOption[] | undefined;
  readonly extraOptions: readonly GetoptEntry[] | undefined;
  readonly help: string;
  /** The kernel's data are this extension's. */
  readonly owns: (data: U) => boolean;
  readonly begin: (rule: RuleContext) => Parsing<U>;
  /** For -L; begins with a space as the C code does. */
  readonly print: (data: U, style: PrintStyle) => string;
  /** For -S and -save; begins with a space. */
  readonly save: (data: U, family: Family) => string;
  /** iptables-translate's words; undefined: nft shows `xt match "name"`. */
  readonly xlate: (data: U, family: Family) => string | undefined;
  /** nft's words when iptables stores it as native expressions (tcp, udp, mark, limit, LOG); else xlate's. */
  readonly native: (data: U, family: Family) => string | undefined;
}

export type MatchExtension = Extension<XtMatch>;
export type TargetExtension = Extension<XtTarget>;

/** What an extension's file states; `D` is the draft that options fill in. */
export interface ExtensionSpec<U, T extends U, D, I extends string> {
  readonly name: string;
  /** `name` if absent. */
  readonly listedAs?: string;
  /** Both if absent. */
  readonly families?: readonly Family[];
  readonly options?: readonly (XtOption & { readonly id: I })[];
  readonly extraOptions?: readonly (GetoptEntry & { readonly id: I })[];
  readonly help: string;
  /** Narrows: `(m) => (m.name === 'tcp' ? m : undefined)`. */
  readonly own: (data: U) => T | undefined;
  readonly init: (rule: RuleContext) => D;
  readonly parse: (draft: D, call: XtOptionCall<I>) => XtError | undefined;
  readonly finalCheck?: (
    draft: D,
    flags: ReadonlySet<string>,
    rule: RuleContext,
  ) => XtError | undefined;
  readonly build: (draft: D) => T;
  readonly print: (data: T, style: PrintStyle) => string;
  readonly save: (data: T, family: Family) => string;
  readonly xlate?: (data: T, family: Family) => string | undefined;
  readonly native?: (data: T, family: Family) => string | undefined;
}

export const matchExtension = <T extends XtMatch, D, I extends string>(
  spec: ExtensionSpec<XtMatch, T, D, I>,
): MatchExtension => extension(spec);

export const targetExtension = <T extends XtTarget, D, I extends string>(
  spec: ExtensionSpec<XtTarget, T, D, I>,
): TargetExtension => extension(spec);

function extension<U, T extends U, D, I extends string>(
  spec: ExtensionSpec<U, T, D, I>,
): Extension<U> {
  const idOf = new Map(
    [...(spec.options ?? []), ...(spec.extraOptions ?? [])].map((o) => [o.name, o.id]),
  );
  const onOwn = <R>(data: U, use: (own: T) => R, other: R): R => {
    const own = spec.own(data);
    return own === undefined ? other : use(own);
  };
  return {
    name: spec.name,
    listedAs: spec.listedAs ?? spec.name,
    families: spec.families ?? [4, 6],
    options: spec.options,
    extraOptions: spec.extraOptions,
    help: spec.help,
    owns: (data) => spec.own(data) !== undefined,
    begin: (rule) => {
      const draft = spec.init(rule);
      return {
        parse: (call) => {
          const id = idOf.get(call.name);
          return id === undefined ? undefined : spec.parse(draft, { ...call, id });
        },
        finalCheck: (flags) => spec.finalCheck?.(draft, flags, rule),
        build: () => spec.build(draft),
      };
    },
    print: (data, style) => onOwn(data, (own) => spec.print(own, style), ''),
    save: (data, family) => onOwn(data, (own) => spec.save(own, family), ''),
    xlate: (data, family) => onOwn(data, (own) => spec.xlate?.(own, family), undefined),
    native: (data, family) =>
      onOwn(data, (own) => (spec.native ?? spec.xlate)?.(own, family), undefined),
  };
}

/** A parser's value or its error, for the small parsers that extensions share. */
export type Parsed<T> = Result<T, XtError>;
export const bad = (text: string): { readonly ok: false; readonly error: XtError } =>
  err(parameterProblem(text));
export const good = ok;
