import { join } from 'node:path';

/** Where lessons, labs and worlds lie: HOPWISE_CONTENT, else content/ of the project. */
export const contentDir = (): string =>
  process.env.HOPWISE_CONTENT ?? join(process.env.HOPWISE_ROOT ?? process.cwd(), 'content');
