import { z } from 'zod';

/** The frontmatter of `lesson.<locale>.mdx`. Module, order and slug come from the folders. */
export const lessonFrontmatter = z.strictObject({
  title: z.string().min(1).max(120),
  /** One sentence for the course map and the search. */
  summary: z.string().min(1).max(240),
  minutes: z.int().min(1).max(120),
  /** Dotted names, `linux.bridge`, the same in every language. */
  skills: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/)).min(1),
  /** What the text rests on: manual pages, RFCs, kernel files, with addresses where there are. */
  sources: z.array(z.string().min(1)).default([]),
});
export type LessonFrontmatter = z.infer<typeof lessonFrontmatter>;

/** Where a content file is wrong and what was expected there. */
export type ContentProblem = {
  readonly file: string;
  readonly line: number | null;
  readonly field: string | null;
  readonly message: string;
};
