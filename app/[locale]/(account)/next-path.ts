/** Where to go after signing in: a path of this site, never another one (`//host`, `/\host`). */
export const nextPath = (
  asked: string | readonly string[] | undefined,
  fallback: string,
): string => (typeof asked === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(asked) ? asked : fallback);
