import type { Shell } from './shell';

/** Aliases of a text's commands; only where `expand_aliases` is on (alias.c, read_token_word). */
export function expandAliases(sh: Shell, text: string): string {
  if (sh.aliases.size === 0 || !sh.shoptOn('expand_aliases')) return text;
  return expandLine(sh, text);
}

/** First words of simple commands: at the start and after ; & | && || ( { and reserved words. */
const COMMAND_START =
  /(^\s*|[;&|({]\s*|\b(?:then|else|do|if|while|until|!|time)\s+)([^\s;&|(){}<>'"$`\\=]+)(?=[\s;&|)<>]|$)/g;

function expandLine(sh: Shell, line: string): string {
  return line.replace(COMMAND_START, (_all, before: string, word: string) => {
    return before + replaceWord(sh, word, new Set());
  });
}

function replaceWord(sh: Shell, word: string, seen: Set<string>): string {
  const value = sh.aliases.get(word);
  if (value === undefined || seen.has(word)) return word;
  seen.add(word);
  const first = /^\s*(\S+)/.exec(value)?.[1];
  if (first === undefined) return value;
  return value.replace(first, () => replaceWord(sh, first, seen));
}
