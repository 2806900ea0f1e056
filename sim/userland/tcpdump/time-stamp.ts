const two = (n: number): string => String(n).padStart(2, '0');
const micro = (us: number): string => String(us % 1_000_000).padStart(6, '0');

/** ts_print(), util-print.c: -t none, -tt epoch, -ttt since the last, -tttt with the date, -ttttt since the first. */
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

function timeOfDay(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  const hours = Math.floor(seconds / 3600) % 24;
  return `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${micro(us)}`;
}

/** The civil date of a day since 1970-01-01. */
function date(us: number): string {
  const days = Math.floor(us / 86_400_000_000) + 719_468;
  const era = Math.floor(days / 146_097);
  const doe = days - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)}`;
}
