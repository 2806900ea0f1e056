import { compileMDX } from '@content-collections/mdx';
import rehypeShiki from '@shikijs/rehype';
import remarkGfm from 'remark-gfm';
import type { ContentProblem } from './lesson-schema';
import {
  headingIds,
  type MdxProblem,
  onlyKnownComponents,
  variablesInCode,
  variablesInProse,
} from './mdx-plugins';

/** A cached text would skip the plugins, and with them what they find wrong. */
const UNCACHED: Parameters<typeof compileMDX>[0] = {
  cache: async (input, compute) => compute(input),
};

interface Text {
  readonly _meta: Parameters<typeof compileMDX>[1]['_meta'];
  readonly content: string;
  /** Path as an author knows it. */
  readonly file: string;
  /** Lines of the file before `content`. */
  readonly linesBefore: number;
  readonly isLab: boolean;
}

export type Compiled =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly problem: ContentProblem };

const SHIKI = {
  themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  defaultColor: false,
  langs: ['bash', 'shellsession', 'yaml', 'json', 'ini', 'text'],
  fallbackLanguage: 'text',
} as const;

/** MDX to the code of a component; what is wrong comes back as a value, so that one text breaks alone. */
export async function compileText(text: Text): Promise<Compiled> {
  const found: MdxProblem[] = [];
  const known = [onlyKnownComponents, (problem: MdxProblem) => found.push(problem)] as const;
  try {
    const code = await compileMDX(UNCACHED, text, {
      remarkPlugins: [remarkGfm, [...known], ...(text.isLab ? [variablesInProse] : [])],
      rehypePlugins: [headingIds, [rehypeShiki, SHIKI], ...(text.isLab ? [variablesInCode] : [])],
    });
    const first = found[0];
    return first ? { ok: false, problem: placed(first, text) } : { ok: true, code };
  } catch (error) {
    return { ok: false, problem: placed(syntaxProblem(error), text) };
  }
}

const placed = (problem: MdxProblem, text: Text): ContentProblem => ({
  file: text.file,
  line: problem.line === null ? null : problem.line + text.linesBefore,
  field: null,
  message: problem.message,
});

/** esbuild tells a syntax error of MDX as `…mdx:12:3: ERROR: …`, with the parser's own words on a line below. */
function syntaxProblem(error: unknown): MdxProblem {
  const message = error instanceof Error ? error.message : String(error);
  const match =
    /^\s+(\d+):\d+(?:-\d+:\d+)?: ([^\n]*)/m.exec(message) ??
    /\.mdx:(\d+)(?::\d+)?: ERROR: (?:\[plugin[^\]]*\] )?([^\n]*)/.exec(message);
  if (!match) return { line: null, message };
  return { line: Number(match[1]) || null, message: match[2] ?? message };
}
