import * as z from 'zod';

/** Words in every language of the site. */
export const wordsSchema = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });
export type Words = z.infer<typeof wordsSchema>;

/** The same sentence made in both languages. */
export const words = (make: (language: 'en' | 'ko') => string): Words => ({
  en: make('en'),
  ko: make('ko'),
});
