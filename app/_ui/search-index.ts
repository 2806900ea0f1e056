import MiniSearch from 'minisearch';

/** Hangul has no spaces to split at inside a word: its pairs of syllables are terms too. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u);
  return words
    .filter(Boolean)
    .flatMap((word) => (/\p{Script=Hangul}/u.test(word) ? pairs(word) : [word]));
}

function pairs(word: string): string[] {
  const letters = [...word];
  if (letters.length < 2) return [word];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

interface Searchable {
  readonly href: string;
  readonly title: string;
  readonly note: string;
  readonly words: string;
}

/** Addresses of the entries that match, best first; every entry for an empty query. */
export function makeSearch(entries: readonly Searchable[]): (query: string) => readonly string[] {
  const index = new MiniSearch<Searchable>({
    idField: 'href',
    fields: ['title', 'note', 'words'],
    tokenize: termsOf,
    searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' },
  });
  index.addAll(entries);
  return (query) =>
    query.trim() === ''
      ? entries.map((entry) => entry.href)
      : index.search(query).map((hit) => String(hit.id));
}
