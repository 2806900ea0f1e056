/** shellwords.Parse(): words of a rule as `iptables -S` writes it, with double quotes and backslashes. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (c === '\\' && quote !== "'") {
      i++;
      word = (word ?? '') + (line[i] ?? '');
    } else if (quote !== '' ? c === quote : c === '"' || c === "'") {
      quote = quote === '' ? c : '';
      word ??= '';
    } else if (c === ' ' && quote === '') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (word !== undefined) words.push(word);
  return words;
}
