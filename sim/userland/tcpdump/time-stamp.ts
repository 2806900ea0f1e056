import { civilOf, clockTime, isoDate } from '../glibc/civil-date';

const micro = (us: number): string => String(us % 1_000_000).padStart(6, '0');

/**
 * ts_print(), util-print.c: -t none, -tt epoch, -ttt since the last, -tttt with the date, -ttttt
 * since the first.
 */
export class TimeStamps {
  #firstUs: number | undefined;
  #lastUs: number | undefined;

  constructor(readonly style: number) {}

  text(epochUs: number): string {
    const first = this.#firstUs ?? epochUs;
    const last = this.#lastUs ?? epochUs;
    this.#firstUs = first;
    this.#lastUs = epochUs;
    switch (this.style) {
      case 0:
        return `${timeOfDay(epochUs)} `;
      case 1:
        return '';
      case 2:
        return `${Math.floor(epochUs / 1_000_000)}.${micro(epochUs)} `;
      case 3:
        return ` ${timeOfDay(epochUs - last)} `;
      case 4:
        return `${date(epochUs)} ${timeOfDay(epochUs)} `;
      default:
        return ` ${timeOfDay(epochUs - first)} `;
    }
  }
}

const timeOfDay = (us: number): string => `${clockTime(civilOf(us))}.${micro(us)}`;
const date = (us: number): string => isoDate(civilOf(us));
