import type { XtStatistic } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** statistic_mt(), net/netfilter/xt_statistic.c. */
export function statisticMatch({ mode, invert }: XtStatistic): XtMatchFn {
  if (mode.kind === 'random') {
    return (pkt) => {
      const stream = pkt.net.kernel.random.stream(`${pkt.net.hostName}/xt_statistic`);
      return stream.u32() >>> 1 < mode.probability !== invert;
    };
  }
  const last = mode.every - 1;
  let count = last - mode.packet;
  return () => {
    count = count === last ? 0 : count + 1;
    return (count === 0) !== invert;
  };
}
