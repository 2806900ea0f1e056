import { type Printer, tok } from './printer';

/** RFC 3376 §4.2.12 and RFC 3810 §5.2.12: the same record types in both reports. */
const RECORD_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'is_in'],
  [2, 'is_ex'],
  [3, 'to_in'],
  [4, 'to_ex'],
  [5, 'allow'],
  [6, 'block'],
]);

/** How the two reports differ: the size of an address, and the name of an unknown record. */
export interface GroupForm {
  readonly family: 4 | 6;
  readonly unknown: 'v3-report' | 'v2-report';
}

export const IGMP_V3: GroupForm = { family: 4, unknown: 'v3-report' };
export const MLD_V2: GroupForm = { family: 6, unknown: 'v2-report' };

const sizeOf = ({ family }: GroupForm): number => (family === 4 ? 4 : 16);

const addressAt = (p: Printer, bytes: Uint8Array, at: number, form: GroupForm): string =>
  form.family === 4 ? p.ip4(bytes, at) : p.ip6(bytes, at);

/** The group records of print_igmpv3_report() and mldv2_report_print(), from byte 6 of the report. */
export function printGroupRecords(
  p: Printer,
  bytes: Uint8Array,
  length: number,
  form: GroupForm,
): void {
  const size = sizeOf(form);
  const groups = p.u16(bytes, 6);
  p.put(`, ${groups} group record(s)`);
  if (p.verbose === 0) return;
  let at = 8;
  for (let i = 0; i < groups && !p.ended; i++) {
    if (length < at + 4 + size) {
      p.put(' [invalid number of groups]');
      return;
    }
    const type = p.u8(bytes, at);
    const name = tok(RECORD_TYPES, type, ` [${form.unknown}-#${type}]`);
    p.put(` [gaddr ${addressAt(p, bytes, at + 4, form)} ${name}`);
    const sources = p.u16(bytes, at + 2);
    const sourcesAt = at + 4 + size;
    if (length < sourcesAt + sources * size) {
      p.put(` [invalid number of sources ${sources}]`);
      return;
    }
    if (p.verbose === 1) p.put(`, ${sources} source(s)`);
    else p.put(` {${addressList(p, bytes, { at: sourcesAt, count: sources, form })} }`);
    at = sourcesAt + sources * size;
    p.put(']');
  }
}

/** Source addresses of a record or a query, each after a blank. */
export function addressList(
  p: Printer,
  bytes: Uint8Array,
  list: { readonly at: number; readonly count: number; readonly form: GroupForm },
): string {
  let text = '';
  for (let i = 0; i < list.count && !p.ended; i++) {
    text += ` ${addressAt(p, bytes, list.at + sizeOf(list.form) * i, list.form)}`;
  }
  return text;
}
