import { atoi } from './number';

/**
 * The tables of /etc/iproute2 as lib/rt_names.c has them built in or as the package ships them.
 * Data tables.
 */
const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [0, 'unspec'],
  [1, 'redirect'],
  [2, 'kernel'],
  [3, 'boot'],
  [4, 'static'],
  [8, 'gated'],
  [9, 'ra'],
  [10, 'mrt'],
  [11, 'zebra'],
  [12, 'bird'],
  [13, 'dnrouted'],
  [14, 'xorp'],
  [15, 'ntk'],
  [16, 'dhcp'],
  [18, 'keepalived'],
  [42, 'babel'],
  [99, 'openr'],
  [186, 'bgp'],
  [187, 'isis'],
  [188, 'ospf'],
  [189, 'rip'],
  [192, 'eigrp'],
]);

const SCOPES: ReadonlyMap<number, string> = new Map([
  [0, 'global'],
  [255, 'nowhere'],
  [254, 'host'],
  [253, 'link'],
  [200, 'site'],
]);

const TABLES: ReadonlyMap<number, string> = new Map([
  [255, 'local'],
  [254, 'main'],
  [253, 'default'],
  [0, 'unspec'],
]);

const DSFIELD: ReadonlyMap<number, string> = new Map([
  [0x00, 'default'],
  [0x28, 'AF11'],
  [0x30, 'AF12'],
  [0x38, 'AF13'],
  [0x48, 'AF21'],
  [0x50, 'AF22'],
  [0x58, 'AF23'],
  [0x68, 'AF31'],
  [0x70, 'AF32'],
  [0x78, 'AF33'],
  [0x88, 'AF41'],
  [0x90, 'AF42'],
  [0x98, 'AF43'],
  [0x20, 'CS1'],
  [0x40, 'CS2'],
  [0x60, 'CS3'],
  [0x80, 'CS4'],
  [0xa0, 'CS5'],
  [0xc0, 'CS6'],
  [0xe0, 'CS7'],
  [0xb8, 'EF'],
]);

const GROUPS: ReadonlyMap<number, string> = new Map([[0, 'default']]);

export type NameTable =
  | 'rt_protos'
  | 'rt_scopes'
  | 'rt_tables'
  | 'rt_dsfield'
  | 'group'
  | 'rt_realms';

const BUILT_IN: Readonly<Record<NameTable, ReadonlyMap<number, string>>> = {
  rt_protos: PROTOCOLS,
  rt_scopes: SCOPES,
  rt_tables: TABLES,
  rt_dsfield: DSFIELD,
  group: GROUPS,
  rt_realms: new Map([[0, 'unknown']]),
};

/**
 * Names of numbers (lib/rt_names.c). `read` gives the text of a file of /etc/iproute2, if it is
 * there: what a learner appends to /etc/iproute2/rt_tables counts. `numeric` is ip -N.
 */
export class RtNames {
  readonly #tables = new Map<NameTable, Map<number, string>>();

  constructor(
    readonly numeric: boolean,
    readonly read: (name: NameTable) => string | undefined,
  ) {}

  /** rtnl_*_n2a(). */
  name(table: NameTable, id: number): string {
    const known = this.numeric ? undefined : this.#table(table).get(id);
    if (known !== undefined) return known;
    return table === 'rt_dsfield' ? `0x${id.toString(16).padStart(2, '0')}` : String(id);
  }

  /** rtnl_*_a2n(): a name or a number up to `max`. */
  number(table: NameTable, text: string, max = 255): number | undefined {
    for (const [id, name] of this.#table(table)) if (name === text) return id;
    const base = table === 'rt_dsfield' ? /^(0x)?[0-9a-f]+$/i : /^(0x[0-9a-f]+|\d+)$/i;
    if (!base.test(text)) return undefined;
    const hex = table === 'rt_dsfield' || /^0x/i.test(text);
    const id = hex
      ? Number.parseInt(text, 16)
      : Number.parseInt(text, text.startsWith('0') ? 8 : 10);
    return Number.isNaN(id) || id > max ? undefined : id;
  }

  #table(table: NameTable): Map<number, string> {
    const known = this.#tables.get(table);
    if (known) return known;
    const made = new Map(BUILT_IN[table]);
    for (const line of (this.read(table) ?? '').split('\n')) {
      const [, id = '', name = ''] = /^\s*(0x[0-9a-f]+|\d+)\s+([^\s#]+)/i.exec(line) ?? [];
      if (name !== '') made.set(/^0x/i.test(id) ? Number.parseInt(id, 16) : atoi(id), name);
    }
    this.#tables.set(table, made);
    return made;
  }
}
