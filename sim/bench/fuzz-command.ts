import { type Choose, chance, pick } from './fuzz-world';

/** Lines to begin from: tools as people use them. */
export type Corpus = readonly [string, ...string[]];

export interface Grammar {
  /** Names of the installed programs. */
  readonly tools: readonly [string, ...string[]];
  readonly corpus: Corpus;
  /** Words of the corpus. */
  readonly words: readonly [string, ...string[]];
}

export function grammarOf(tools: readonly string[], corpus: readonly string[]): Grammar {
  const words = new Set(corpus.flatMap((line) => line.split(/\s+/)));
  return {
    tools: ['ip', ...tools],
    corpus: ['ip addr', ...corpus],
    words: ['-n', ...words],
  };
}

/** What parsers stumble over. */
const ODD = [
  '',
  '0',
  '-1',
  '00',
  '4294967295',
  '4294967296',
  '99999999999999999999',
  '1e9',
  '0x10',
  '-0',
  '1.5',
  '%d',
  '%s%n',
  '--',
  '-',
  '/',
  '/0',
  '10.1.0.1/33',
  '10.1.0.0/24',
  '256.1.1.1',
  'fd01::/64',
  '::1',
  ':::',
  'fe80::1%eth0',
  '[::1]:80',
  'http://10.1.0.11/',
  'br0',
  'wan',
  'h1',
  'all',
  'default',
  '@',
  '!',
  '*',
  '[',
  '[^',
  '(',
  '\\(\\)\\{99\\}',
  'a{1,65536}',
  '$((1/0))',
  '${x:-y}',
  '${x//a/b}',
  '$(echo x)',
  '`id`',
  '"',
  "'",
  '\\',
  '"a b"',
  '\u00e9\u{1f600}',
  '\u0000',
  'a'.repeat(300),
  '/etc/hosts',
  '/proc/net/dev',
  '/dev/null',
  '/dev/zero',
  '/tmp/x',
  '/nowhere/x',
  '/proc/self/fd/0',
] as const;

const JOINS = [
  ' | ',
  ' && ',
  ' || ',
  '; ',
  ' & ',
  ' > /tmp/x ',
  ' < /tmp/x ',
  ' 2>&1 | ',
  '\n',
  ' <<< ',
] as const;
/** Around a whole line. */
const FRAMES: readonly [(line: string) => string, ...((line: string) => string)[]] = [
  (line) => `timeout 2 ${line}`,
  (line) => `ip netns exec h1 ${line}`,
  (line) => `( ${line} )`,
  (line) => `x=$(${line}); echo "$x"`,
  (line) => `for i in 1 2 3; do ${line}; done`,
  (line) => `while read -r a b; do ${line}; done < /etc/hosts`,
  (line) => `if ${line}; then echo y; fi`,
  (line) => `f() { ${line}; }; f a b`,
  (line) => `cat <<E\n${line}\nE`,
  (line) => `[[ "${line}" =~ a.b ]]`,
  (line) => `${line} &\nwait`,
  (line) => `echo "${line}" | sh`,
  (line) => `eval '${line}'`,
];

/** A command line: of the grammar alone, or of the corpus with some of it changed. */
export function randomCommand(random: Choose, grammar: Grammar): string {
  let line = chance(random, 3) ? ofGrammar(random, grammar) : mutated(random, grammar);
  if (chance(random, 6)) line += pick(random, JOINS) + mutated(random, grammar);
  if (chance(random, 6)) line = pick(random, FRAMES)(line);
  return line;
}

function ofGrammar(random: Choose, grammar: Grammar): string {
  const words = [pick(random, grammar.tools)];
  const count = random.below(7);
  for (let i = 0; i < count; i++) words.push(argument(random, grammar));
  return words.join(' ');
}

function argument(random: Choose, grammar: Grammar): string {
  switch (random.below(6)) {
    case 0:
      return `-${letter(random)}${chance(random, 3) ? letter(random) : ''}`;
    case 1:
      return `--${pick(random, grammar.words).replace(/^-+/, '')}${chance(random, 4) ? '=1' : ''}`;
    case 2:
      return pick(random, ODD);
    case 3:
      return String(random.below(1000));
    default:
      return pick(random, grammar.words);
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const letter = (random: Choose): string => LETTERS[random.below(LETTERS.length)] ?? 'n';

function mutated(random: Choose, grammar: Grammar): string {
  const words = pick(random, grammar.corpus).split(' ');
  const times = random.below(4);
  for (let i = 0; i < times; i++) mutateWord(random, grammar, words);
  const line = words.join(' ');
  return chance(random, 8) ? mutateText(random, line) : line;
}

function mutateWord(random: Choose, grammar: Grammar, words: string[]): void {
  const at = random.below(words.length + 1);
  const other = words[random.below(words.length)] ?? '';
  switch (random.below(5)) {
    case 0:
      words.splice(at, 1);
      return;
    case 1:
      words.splice(at, 0, argument(random, grammar));
      return;
    case 2:
      words[at] = argument(random, grammar);
      return;
    case 3:
      words.splice(at, 0, other);
      return;
    default:
      words[at] = pick(random, ODD);
  }
}

function mutateText(random: Choose, line: string): string {
  const at = random.below(line.length + 1);
  const odd = pick(random, [
    '"',
    "'",
    '$(',
    '`',
    '\\',
    '{',
    '}',
    '[',
    '(',
    ')',
    '<<',
    '\n',
    '\t',
    '!',
    '~',
    '#',
  ]);
  if (chance(random, 3)) return line.slice(0, at);
  return line.slice(0, at) + odd + line.slice(at + random.below(3));
}
