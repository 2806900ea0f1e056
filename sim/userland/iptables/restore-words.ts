import { bad, good, type Parsed } from './extension';

const MAX_PARAMETER = 1024;
/** MAX_ARGC of iptables/xshared.h. */
const MAX_ARGC = 255;

/** add_param_to_argv(), iptables/xshared.c: words, with double quotes around what has spaces. */
export function splitParameters(text: string): Parsed<readonly string[]> {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    const blank = char === ' ' || char === '\t' || char === '\n';
    if (!quoted && blank && word === '') continue;
    if (!quoted && char === '"') {
      quoted = true;
      continue;
    }
    if (quoted ? char === '"' : blank) {
      quoted = false;
      words.push(word);
      word = '';
      continue;
    }
    // A backslash in quotes makes the next character a plain one.
    word += quoted && char === '\\' ? (text[++i] ?? '') : char;
    if (word.length >= MAX_PARAMETER) return bad('Parameter too long!');
    if (words.length + 1 >= MAX_ARGC) return bad('Parser cannot handle more arguments');
  }
  if (word !== '') words.push(word);
  return good(words);
}

export interface RuleCounters {
  readonly packets: string;
  readonly bytes: string;
}

/** tokenize_rule_counters(): `[packets:bytes]` before a rule. */
export function splitCounters(
  text: string,
  line: number,
): Parsed<{ readonly counters: RuleCounters | undefined; readonly rest: string }> {
  if (!text.startsWith('[')) return good({ counters: undefined, rest: text });
  const end = text.indexOf(']');
  if (end < 0) return bad(`Bad line ${line}: need ]`);
  const [packets, after] = splitOnce(text.slice(1).replace(/^:+/, ''), ':');
  if (packets === '') return bad(`Bad line ${line}: need :`);
  const [bytes] = splitOnce(after.replace(/^\]+/, ''), ']');
  if (bytes === '') return bad(`Bad line ${line}: need ]`);
  return good({ counters: { packets, bytes }, rest: text.slice(end + 1) });
}

function splitOnce(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** parse_counters() of a chain's line. */
export function parseChainCounters(
  text: string | undefined,
): { readonly packets: number; readonly bytes: number } | undefined {
  const found = /^\[\s*(\d+):\s*(\d+)/.exec(text ?? '');
  return found ? { packets: Number(found[1]), bytes: Number(found[2]) } : undefined;
}
