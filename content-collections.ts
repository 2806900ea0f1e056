import { defineCollection, defineConfig, defineParser } from '@content-collections/core';
import { z } from 'zod';
import { compileText } from './app/_content/compile';
import { checkYaml, splitFrontmatter } from './app/_content/frontmatter';
import { type ContentProblem, lessonFrontmatter } from './app/_content/lesson-schema';
import { outlineOf, plainTextOf } from './app/_content/mdx-plugins';

/** Never fails: what is wrong with a file is told by its transform, so that the others are still served. */
const textParser = defineParser({
  hasContent: true,
  parse: (text) => {
    const { yaml, body } = splitFrontmatter(text);
    const linesBefore = text.slice(0, text.length - body.length).split('\n').length - 1;
    return { yaml, content: body, linesBefore };
  },
});

const textShape = z.object({ yaml: z.string(), content: z.string(), linesBefore: z.number() });

interface Place {
  readonly path: string;
  readonly filePath: string;
}

/** `02-namespaces/01-veth/lesson.en` and `02-namespaces/01-veth/labs/first/text.ko`. */
function placeOf({ path, filePath }: Place) {
  const [moduleSlug = '', lessonSlug = ''] = path.split('/');
  const locale = path.slice(path.lastIndexOf('.') + 1);
  return { file: `content/${filePath}`, moduleSlug, lessonSlug, locale };
}

/** One file a language: content/<NN-module>/<NN-lesson>/lesson.<locale>.mdx */
const lessons = defineCollection({
  name: 'lessons',
  directory: 'content',
  include: '*/*/lesson.*.mdx',
  parser: textParser,
  schema: textShape,
  transform: async (document) => {
    const place = placeOf(document._meta);
    const head = checkYaml(lessonFrontmatter, {
      file: place.file,
      yaml: document.yaml,
      linesBefore: 1,
    });
    const compiled = await compileText({ ...document, ...place, isLab: false });
    const problems: ContentProblem[] = [
      ...(head.ok ? [] : head.problems),
      ...(compiled.ok ? [] : [compiled.problem]),
    ];
    return {
      ...place,
      problems,
      head: head.ok ? head.value : null,
      code: compiled.ok ? compiled.code : null,
      outline: [...outlineOf(document.content)],
      words: plainTextOf(document.content),
    };
  },
});

/** The instructions of a lab: content/<NN-module>/<NN-lesson>/labs/<slug>/text.<locale>.mdx */
const labTexts = defineCollection({
  name: 'labTexts',
  directory: 'content',
  include: '*/*/labs/*/text.*.mdx',
  parser: textParser,
  schema: textShape,
  transform: async (document) => {
    const place = placeOf(document._meta);
    const compiled = await compileText({ ...document, ...place, isLab: true });
    return {
      ...place,
      lab: document._meta.path.split('/')[3] ?? '',
      problems: compiled.ok ? [] : [compiled.problem],
      code: compiled.ok ? compiled.code : null,
      words: plainTextOf(document.content),
    };
  },
});

/** What the course map shows of a lab; the engine's own schema judges the whole file. */
const labHead = z.object({
  title: z.object({ en: z.string(), ko: z.string() }),
  minutes: z.int().min(1).max(240),
  status: z.enum(['draft', 'active', 'retired']),
  level: z.int(),
  requires: z.array(z.string()).default([]),
});

/** content/<NN-module>/<NN-lesson>/labs/<slug>/lab.yaml */
const labs = defineCollection({
  name: 'labs',
  directory: 'content',
  include: '*/*/labs/*/lab.yaml',
  parser: defineParser((yaml) => ({ yaml })),
  schema: z.object({ yaml: z.string() }),
  transform: ({ yaml, _meta }) => {
    const { file, moduleSlug, lessonSlug } = placeOf(_meta);
    const head = checkYaml(labHead, { file, yaml, linesBefore: 0 });
    return {
      file,
      moduleSlug,
      lessonSlug,
      slug: _meta.path.split('/')[3] ?? '',
      yaml,
      problems: head.ok ? [] : [...head.problems],
      head: head.ok ? head.value : null,
    };
  },
});

/** content/worlds/<name>.yaml */
const worlds = defineCollection({
  name: 'worlds',
  directory: 'content/worlds',
  include: '*.yaml',
  parser: defineParser((yaml) => ({ yaml })),
  schema: z.object({ yaml: z.string() }),
  transform: ({ yaml, _meta }) => ({ name: _meta.path, yaml }),
});

export default defineConfig({ content: [lessons, labTexts, labs, worlds] });
