/**
 * The origin under which the browser reached us: HOPWISE_URL, else scheme and Host of the request. A page of
 * another site cannot forge Host, so that Origin === this proves that our own page sent the request.
 */
export function ownOrigin(headers: Headers): string {
  const site = process.env['HOPWISE_URL'];
  if (site !== undefined) return new URL(site).origin;
  const scheme = headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http';
  return `${scheme}://${headers.get('host') ?? ''}`;
}

/** Whether a request that changes something comes from our own pages (RFC 6454; Fetch Metadata). */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return origin === ownOrigin(headers);
  return headers.get('sec-fetch-site') === 'same-origin';
}
