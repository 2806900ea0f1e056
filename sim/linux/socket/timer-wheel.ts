/** CONFIG_HZ of the kernel that the recordings ran on. */
export const JIFFY_US = 4000;
/** LVL_SIZE - 1, LVL_CLK_SHIFT, LVL_DEPTH of kernel/time/timer.c. */
const LEVEL_START = 63;
const LEVEL_SHIFT = 3;
const LEVEL_DEPTH = 9;

/**
 * When a timer of the wheel fires that is to wait `delayUs`: calc_wheel_index(), kernel/time/timer.c. The longer it
 * waits the coarser its level, and always after the time asked for: 1 s becomes up to 1.032 s.
 */
export function wheelDelayUs(nowUs: number, delayUs: number): number {
  const jiffies = Math.floor(nowUs / JIFFY_US);
  const delta = Math.ceil(delayUs / JIFFY_US);
  let level = 0;
  while (level < LEVEL_DEPTH - 1 && delta >= LEVEL_START * 2 ** (LEVEL_SHIFT * level)) level++;
  const granularity = 2 ** (LEVEL_SHIFT * level);
  const bucket = Math.floor((jiffies + delta) / granularity) + 1;
  return bucket * granularity * JIFFY_US - nowUs;
}
