import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': new URL('.', import.meta.url).pathname,
      'server-only': new URL('node_modules/server-only/empty.js', import.meta.url).pathname,
    },
  },
  test: {
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    include: [
      'sim/**/*.test.ts',
      'app/**/*.test.ts',
      'scripts/**/*.test.{ts,mjs}',
      'prisma/**/*.test.ts',
    ],
    exclude: ['node_modules/**', '.next/**', 'generated/**'],
  },
});
