import { ipSets } from '../../../linux/netfilter/ipset/ip-sets';
import type { XtSetInfo } from '../../../linux/netfilter/xt-target';
import {
  bad,
  good,
  type Parsed,
  parameterProblem,
  type XtError,
  type XtOptionCall,
} from '../extension';

/** IPSET_MAXNAMELEN, IPSET_DIM_MAX. */
const MAX_NAME = 32;
const MAX_DIMENSIONS = 6;

type Side = 'src' | 'dst';

/** `<set> src,dst…` of libxt_set.h: the second argument stands after the option's own. */
export function parseSetAndDirs(call: XtOptionCall): Parsed<XtSetInfo> {
  const { arg, name, next, rule, take } = call;
  const dirs = next();
  if (dirs === undefined || dirs.startsWith('-') || dirs.startsWith('!')) {
    return bad(`--${name === 'set' ? 'match-set' : name} requires two args.`);
  }
  if (arg.length > MAX_NAME - 1) {
    return bad(`setname \`${arg}' too long, max ${MAX_NAME - 1} characters.`);
  }
  const missing = checkSet(call, rule.family === 4 ? 'IPv6' : 'IPv4');
  if (missing) return { ok: false, error: missing };
  const flags = parseDirs(dirs);
  if (!flags.ok) return flags;
  take();
  return good({ set: arg, flags: flags.value });
}

/** get_set_byname(). */
function checkSet({ arg, rule }: XtOptionCall, other: string): XtError | undefined {
  const set = ipSets(rule.proc.netns).get(arg);
  if (!set) return parameterProblem(`Set ${arg} doesn't exist.\n`);
  const { family } = set.options;
  if (family === undefined || family === rule.family) return undefined;
  return parameterProblem(
    `The protocol family of set ${arg} is ${other}, which is not applicable.\n`,
  );
}

/** parse_dirs(): whatever begins with src or dst. */
function parseDirs(text: string): Parsed<readonly Side[]> {
  const flags: Side[] = [];
  const words = text.split(',');
  for (const word of words.slice(0, MAX_DIMENSIONS)) {
    const side = word.slice(0, 3);
    if (side !== 'src' && side !== 'dst') {
      return bad("You must spefify (the comma separated list of) 'src' or 'dst'.");
    }
    flags.push(side);
  }
  if (words.length <= MAX_DIMENSIONS) return good(flags);
  return bad(`Can't be more src/dst options than ${MAX_DIMENSIONS}.`);
}
