import { RE2JS } from 're2js';

/** A lab author's regular expression, found anywhere in a text, in linear time. */
export function pattern(source: string): { test(text: string): boolean } {
  const compiled = RE2JS.compile(source, RE2JS.MULTILINE);
  return { test: (text) => compiled.matcher(text).find() };
}

/** Why a pattern is none; undefined when it is one. */
export function patternError(source: string): string | undefined {
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
