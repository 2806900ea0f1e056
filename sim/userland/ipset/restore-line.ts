import { err, ok, type Result } from '../../base/result';

/** build_argv(): words of one line of a restore; a comment may stand in double quotes. */
export function splitLine(line: string): Result<readonly string[], string> {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (const char of line) {
    if (char === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && (char === ' ' || char === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quoted) return err('Missing close quote!');
  if (word !== undefined) words.push(word);
  return ok(words);
}
