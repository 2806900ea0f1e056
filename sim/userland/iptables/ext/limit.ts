import type { XtLimit } from '../../../linux/netfilter/xt-match';
import { bad, good, matchExtension, type Parsed, parameterProblem } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { atoi, rateUnit, rateWords } from './rate';

/** XT_LIMIT_SCALE. */
const SCALE = 10_000;
/** XT_LIMIT_BURST; the kernel takes it for a burst of 0 as well. */
const DEFAULT_BURST = 5;
const HOUR = 3600;

/** extensions/libxt_limit.c. */
export const limit = matchExtension<XtLimit, Draft<XtLimit>, 'limit' | 'burst'>({
  name: 'limit',
  own: (m) => (m.name === 'limit' ? m : undefined),
  options: [
    { name: 'limit', id: 'limit', type: 'string' },
    { name: 'limit-burst', id: 'burst', type: 'uint32', min: 0, max: 10_000 },
  ],
  help: MATCH_HELP.limit,
  init: () => ({ name: 'limit', avg: (SCALE * HOUR) / 3, burst: DEFAULT_BURST }),
  parse: (draft, { id, arg, value, invert }) => {
    if (id === 'burst') draft.burst = value.num || DEFAULT_BURST;
    else {
      const avg = parseRate(arg);
      if (!avg.ok) return avg.error;
      draft.avg = avg.value;
    }
    return invert ? parameterProblem('limit does not support invert') : undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` limit: avg ${rateWords(m.avg, SCALE, 'short')} burst ${m.burst}`,
  save: (m) =>
    ` --limit ${rateWords(m.avg, SCALE, 'short')}` +
    (m.burst === DEFAULT_BURST ? '' : ` --limit-burst ${m.burst}`),
  xlate: (m) => `limit rate ${rateWords(m.avg, SCALE, 'long')} burst ${m.burst} packets`,
  native: (m) =>
    `limit rate ${rateWords(m.avg, SCALE, 'long')}` +
    (m.burst === DEFAULT_BURST ? '' : ` burst ${m.burst} packets`),
});

/** parse_rate(): 1/10000 seconds for each packet. */
function parseRate(text: string): Parsed<number> {
  const unit = rateUnit(text);
  const count = atoi(text);
  if (unit === undefined || count === 0) return bad(`bad rate "${text}"'`);
  const avg = Math.floor((SCALE * unit) / (count < 0 ? count + 2 ** 32 : count));
  return avg === 0 ? bad(`Rate too fast "${text}"`) : good(avg);
}
