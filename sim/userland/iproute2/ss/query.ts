/** What ss can list here. */
export type Table = 'tcp' | 'udp' | 'raw' | 'packet' | 'unix';

const EVERY: readonly Table[] = ['tcp', 'udp', 'raw', 'packet', 'unix'];
const INET: readonly Table[] = ['tcp', 'udp', 'raw'];

/** -A of scan_tables(): names of socket tables. Those that nothing here opens are empty. */
const QUERIES: Readonly<Record<string, readonly Table[]>> = {
  all: EVERY,
  inet: INET,
  tcp: ['tcp'],
  mptcp: [],
  sctp: [],
  dccp: [],
  udp: ['udp'],
  raw: ['raw'],
  unix: ['unix'],
  unix_stream: ['unix'],
  u_str: ['unix'],
  unix_dgram: [],
  unix_seqpacket: [],
  packet: ['packet'],
  packet_raw: ['packet'],
  p_raw: ['packet'],
  packet_dgram: [],
  netlink: [],
  vsock: [],
  vsock_stream: [],
  vsock_dgram: [],
  tipc: [],
  xdp: [],
};

/** -f of set_family(). */
const FAMILIES: Readonly<Record<string, readonly Table[]>> = {
  inet: INET,
  inet6: INET,
  link: ['packet'],
  unix: ['unix'],
  netlink: [],
  tipc: [],
  vsock: [],
  xdp: [],
};

export interface Query {
  readonly tables: ReadonlySet<Table>;
  /** How many kinds of sockets are asked for, of all that ss knows. */
  readonly single: boolean;
  /** DCCP is asked for, which Linux 6.16 took away. */
  readonly dccp: boolean;
  readonly family: 4 | 6 | undefined;
}

const LETTERS: readonly (readonly [letter: string, table: Table])[] = [
  ['t', 'tcp'],
  ['u', 'udp'],
  ['w', 'raw'],
  ['0', 'packet'],
  ['x', 'unix'],
];

interface Option {
  readonly name: string;
  readonly value?: string | undefined;
}

/** The options that say which sockets; a text is ss's complaint. */
export function parseQuery(options: readonly Option[]): Query | string {
  const tables = new Set<Table>();
  const named = new Set<string>();
  let family: 4 | 6 | undefined;
  const letters = new Set(options.map((o) => o.name));
  for (const [letter, table] of LETTERS) {
    if (letters.has(letter)) tables.add(table);
  }
  for (const { name, value = '' } of options) {
    if (name === '4' || name === '6') family = name === '4' ? 4 : 6;
    if (name === 'A') {
      for (const word of value.split(',')) {
        const found = QUERIES[word];
        if (!found) return `ss: "${word}" is illegal socket table id\n`;
        named.add(word);
        for (const table of found) tables.add(table);
      }
    } else if (name === 'f') {
      const found = FAMILIES[value];
      if (!found) return `ss: "${value}" is invalid family\n`;
      named.add(`family ${value}`);
      if (value === 'inet' || value === 'inet6') family = value === 'inet' ? 4 : 6;
      for (const table of found) tables.add(table);
    }
  }
  const asked = tables.size > 0 || named.size > 0;
  if (!asked) for (const table of family === undefined ? EVERY : INET) tables.add(table);
  const inet = [...named].some((word) => ['all', 'inet', 'dccp', 'family inet'].includes(word));
  const single = asked && tables.size <= 1 && !inet && !named.has('unix') && !named.has('packet');
  return {
    tables,
    single: single && !tables.has('unix') && (!tables.has('packet') || named.has('packet_raw')),
    dccp: !asked || inet,
    family,
  };
}
