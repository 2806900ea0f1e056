/** FMT_* of include/xtables.h that a listing has. */
export interface ListFormat {
  readonly numeric: boolean;
  readonly counts: boolean;
  /** FMT_VIA: interfaces. */
  readonly via: boolean;
  /** FMT_KILOMEGAGIGA. */
  readonly rounded: boolean;
  readonly lineNumbers: boolean;
  /** FMT_NOTABLE: words instead of columns, for what -v says of a change. */
  readonly table: boolean;
}

/** FMT_PRINT_RULE. */
export const PRINT_RULE: ListFormat = {
  numeric: true,
  counts: false,
  via: true,
  rounded: false,
  lineNumbers: false,
  table: false,
};

const U64_MAX = 2n ** 64n - 1n;

/** A counter as 64 bits hold it. */
export const u64 = (value: number): bigint => {
  const number = BigInt(value);
  return number > U64_MAX ? U64_MAX : number;
};

/** xtables_print_num(): rounded to K, M, G and T from 100 000 on. */
export function printNumber(value: number, { rounded, table }: ListFormat): string {
  const pad = (text: string, width: number): string => `${table ? text.padStart(width) : text} `;
  let number = u64(value);
  if (!rounded) return pad(String(number), 8);
  if (value <= 99_999) return pad(String(number), 5);
  const round = (): void => {
    number = BigInt.asUintN(64, number + 500n) / 1000n;
  };
  for (const unit of ['K', 'M', 'G']) {
    round();
    if (number <= 9999n) return pad(`${number}${unit}`, 5);
  }
  round();
  return pad(`${number}T`, 5);
}
