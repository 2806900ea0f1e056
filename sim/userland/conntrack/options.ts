/** Tables of src/conntrack.c (conntrack-tools 1.4.7): pure data. */

export type CtCommandName =
  | 'list'
  | 'create'
  | 'update'
  | 'delete'
  | 'get'
  | 'flush'
  | 'event'
  | 'version'
  | 'help'
  | 'count'
  | 'stats'
  | 'add'
  | 'exp-list'
  | 'exp-create'
  | 'exp-delete'
  | 'exp-get'
  | 'exp-flush'
  | 'exp-event'
  | 'exp-count'
  | 'exp-stats';

/** cmd2type[]: what a letter means of connections and of expectations. */
export const COMMANDS: ReadonlyMap<string, readonly [CtCommandName, CtCommandName | undefined]> =
  new Map([
    ['L', ['list', 'exp-list']],
    ['I', ['create', 'exp-create']],
    ['D', ['delete', 'exp-delete']],
    ['G', ['get', 'exp-get']],
    ['F', ['flush', 'exp-flush']],
    ['E', ['event', 'exp-event']],
    ['V', ['version', 'version']],
    ['h', ['help', 'help']],
    ['C', ['count', 'exp-count']],
    ['S', ['stats', 'exp-stats']],
    ['U', ['update', undefined]],
    ['A', ['add', undefined]],
  ]);

export interface LongOption {
  readonly name: string;
  readonly argument: 'none' | 'required' | 'optional';
  readonly letter: string;
}

const long = (text: string): readonly LongOption[] =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [name = '', kind = '', letter = ''] = word.split('|');
      const argument = kind === '1' ? 'required' : kind === '2' ? 'optional' : 'none';
      return { name, argument, letter };
    });

/** original_opts[]. */
export const LONG_OPTIONS = long(`
  dump|2|L create|2|I add|2|A delete|2|D update|2|U get|2|G flush|2|F event|2|E counter|2|C
  stats|0|S version|0|V help|0|h orig-src|1|s src|1|s orig-dst|1|d dst|1|d reply-src|1|r
  reply-dst|1|q protonum|1|p timeout|1|t status|1|u zero|0|z event-mask|1|e tuple-src|1|[
  tuple-dst|1|] mask-src|1|{ mask-dst|1|} nat-range|1|a mark|1|m secmark|1|c id|2|i family|1|f
  src-nat|2|n dst-nat|2|g output|1|o buffer-size|1|b any-nat|2|j zone|1|w label|1|l
  label-add|1|< label-del|2|> orig-zone|1|( reply-zone|1|)`);

/** Options of tcp, udp, udplite, sctp and dccp; tcp has --state besides. */
export const PORT_OPTIONS = long(`
  orig-port-src|1|1 sport|1|1 orig-port-dst|1|2 dport|1|2 reply-port-src|1|3 reply-port-dst|1|4
  mask-port-src|1|5 mask-port-dst|1|6 tuple-port-src|1|8 tuple-port-dst|1|9`);
export const STATE_OPTION = long('state|1|7');
export const ICMP_OPTIONS = long('icmp-type|1|1 icmp-code|1|2 icmp-id|1|3');
export const ICMPV6_OPTIONS = long('icmpv6-type|1|1 icmpv6-code|1|2 icmpv6-id|1|3');

/** getopt_str. */
export const SHORT_OPTIONS =
  'L::I::U::D::G::E::F::A::hVs:d:r:q:p:t:u:e:a:z[:]:{:}:m:i:f:o:n::g::c:b:C::Sj::w:l:<:>::(:):';

/** optflags[], in the order of the table below. */
export const OPTION_NAMES =
  'src dst reply-src reply-dst protonum timeout status zero event-mask tuple-src tuple-dst mask-src mask-dst nat-range mark id family src-nat dst-nat output secmark buffer-size any-nat zone label label-add label-del orig-zone reply-zone'.split(
    ' ',
  );

export type OptionName = (typeof OPTION_NAMES)[number];

/** commands_v_options[][]: 0 illegal, 1 compulsory, 2 optional, 3 in pairs. */
export const LEGAL: Readonly<Record<CtCommandName, string>> = {
  list: '22222022000220202222202220022',
  create: '33331120000002200220000202022',
  update: '22222220000220222222000022200',
  delete: '22222220000220222222000220022',
  get: '33331000000000020002000020000',
  flush: '00000000000000002000000000000',
  event: '22222000200220202222222220022',
  version: '00000000000000000000000000000',
  help: '00002000000000000000000000000',
  'exp-list': '00000000000000002002000000000',
  'exp-create': '11221120011110000000000000000',
  'exp-delete': '11221000000000000000000000000',
  'exp-get': '11221000000000000000000000000',
  'exp-flush': '00000000000000000000000000000',
  'exp-event': '00000000000000000002000000000',
  count: '00000000000000000000000000000',
  'exp-count': '00000000000000000000000000000',
  stats: '00000000000000000000000000000',
  'exp-stats': '00000000000000000000000000000',
  add: '33331120000002200220000202022',
};

/** Which option of the table a letter sets (opt2type[]). */
export const LETTER_OPTION: ReadonlyMap<string, OptionName> = new Map([
  ['s', 'src'],
  ['d', 'dst'],
  ['r', 'reply-src'],
  ['q', 'reply-dst'],
  ['{', 'mask-src'],
  ['}', 'mask-dst'],
  ['[', 'tuple-src'],
  [']', 'tuple-dst'],
  ['n', 'src-nat'],
  ['g', 'dst-nat'],
  ['m', 'mark'],
  ['c', 'secmark'],
  ['i', 'id'],
  ['j', 'any-nat'],
  ['w', 'zone'],
  ['l', 'label'],
  ['<', 'label-add'],
  ['>', 'label-del'],
  ['(', 'orig-zone'],
  [')', 'reply-zone'],
]);

/** exit_msg[][]. */
export const EXIT_MESSAGES: Partial<Record<CtCommandName, string>> = {
  list: 'flow entries have been shown.',
  create: 'flow entries have been created.',
  update: 'flow entries have been updated.',
  delete: 'flow entries have been deleted.',
  get: 'flow entries have been shown.',
  event: 'flow events have been shown.',
  'exp-list': 'expectations have been shown.',
  'exp-delete': 'expectations have been shown.',
  add: 'flow entries have been added.',
};
