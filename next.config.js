import { withContentCollections } from '@content-collections/next';
import createNextIntlPlugin from 'next-intl/plugin';

/** monaco-yaml still asks for the worker under the path that monaco-editor had before 0.55. */
const monacoWorker = {
  'monaco-editor/esm/vs/editor/editor.worker.js': 'monaco-editor/editor/editor.worker.js',
};

/** jq's loader names modules of Node that it does not touch in a browser. */
const notInBrowsers = { browser: './app/_lab/no-module.ts' };

/** Fixed headers; the Content-Security-Policy carries a nonce and is set in `proxy.ts`. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
];

/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  distDir: process.env.HOPWISE_DIST_DIR ?? '.next',
  serverExternalPackages: ['sqlite3', 'pg', 'jq-wasm'],
  turbopack: {
    resolveAlias: {
      ...monacoWorker,
      fs: notInBrowsers,
      path: notInBrowsers,
      crypto: notInBrowsers,
    },
  },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

const withNextIntl = createNextIntlPlugin('./app/_i18n/request.ts');

export default withContentCollections(withNextIntl(nextConfig));
