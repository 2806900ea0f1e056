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

/** xtables_print_num(): rounded to K, M, G and T from 100 000 on. */
export function printNumber(value: number, { rounded, table }: ListFormat): string {
  const pad = (text: string, width: number): string => `${table ? text.padStart(width) : text} `;
  if (!rounded) return pad(String(value), 8);
  if (value <= 99_999) return pad(String(value), 5);
  let number = value;
  for (const unit of ['K', 'M', 'G']) {
    number = Math.floor((number + 500) / 1000);
    if (number <= 9999) return pad(`${number}${unit}`, 5);
  }
  return pad(`${Math.floor((number + 500) / 1000)}T`, 5);
}
