import { type NextRequest, NextResponse } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { routing } from './app/_i18n/routing';

const handleLocale = createMiddleware(routing);

/**
 * The policy of every page: scripts only with this request's nonce (and what those load), nothing from other
 * hosts. 'wasm-unsafe-eval' admits jq. Styles may be inline: the terminal and the editor write their own.
 */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Chooses the language of a page and gives it its Content-Security-Policy. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  request.headers.set('x-nonce', nonce);
  request.headers.set('content-security-policy', policy);
  const isPage = !/^\/(api|healthz|_next)(\/|$)|\.\w+$/.test(request.nextUrl.pathname);
  const response = isPage
    ? handleLocale(request)
    : NextResponse.next({ request: { headers: request.headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image|favicon.ico|icon.svg).*)' }],
};
