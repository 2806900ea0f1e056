import { defineCollection, defineConfig } from '@content-collections/core';
import { compileMDX } from '@content-collections/mdx';
import { z } from 'zod';

/** One file a language: content/<NN-module>/<NN-lesson>/lesson.<locale>.mdx */
const lessons = defineCollection({
  name: 'lessons',
  directory: 'content',
  include: '*/*/lesson.*.mdx',
  schema: z.object({
    content: z.string(),
    title: z.string().min(1),
    summary: z.string().min(1),
    minutes: z.int().min(1).max(120),
  }),
  transform: async (document, context) => ({
    ...document,
    code: await compileMDX(context, document),
  }),
});

export default defineConfig({ content: [lessons] });
