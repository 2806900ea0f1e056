import 'server-only';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { nextCookies } from 'better-auth/next-js';
import { admin } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements } from 'better-auth/plugins/admin/access';
import { z } from 'zod';
import { db, isPostgresql } from './db';
import { type Limit, rateLimiter, SIGN_IN_LIMIT, SIGN_UP_LIMIT } from './rate-limit';
import { ownOrigin } from './request-origin';

const access = createAccessControl(defaultStatements);
const roles = { learner: access.newRole({}), instructor: access.newRole({}), admin: adminAc };

const MAX_NAME_CHARS = 80;
const MAX_EMAIL_CHARS = 254;
const signInBody = z.object({ email: z.string().max(MAX_EMAIL_CHARS) });
const signUpBody = z.object({
  email: z.string().max(MAX_EMAIL_CHARS),
  name: z.string().trim().min(1).max(MAX_NAME_CHARS),
});

function mustPass(limit: Limit, who: string): void {
  const verdict = rateLimiter.take(limit, who);
  if (verdict.kind === 'pass') return;
  throw new APIError(
    'TOO_MANY_REQUESTS',
    { message: 'Too many attempts. Wait and try again.', code: 'TOO_MANY_ATTEMPTS' },
    { 'Retry-After': String(verdict.retryAfterSeconds) },
  );
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new APIError('BAD_REQUEST', { message: 'Name or e-mail is not valid', code: 'BAD_INPUT' });
}

/** Sign-in is counted by e-mail address; sign-up by network address, where one is told. */
const guard = createAuthMiddleware(async (context) => {
  if (context.path === '/sign-in/email') {
    mustPass(SIGN_IN_LIMIT, parsed(signInBody, context.body).email.toLowerCase());
  }
  if (context.path === '/sign-up/email') {
    parsed(signUpBody, context.body);
    mustPass(SIGN_UP_LIMIT, context.headers?.get('x-forwarded-for') ?? 'unknown');
  }
});

const siteUrl = process.env['HOPWISE_URL'];

export const auth = betterAuth({
  appName: 'Hopwise',
  ...(siteUrl === undefined ? {} : { baseURL: siteUrl }),
  telemetry: { enabled: false },
  logger: { level: 'error' },
  database: prismaAdapter(db, { provider: isPostgresql ? 'postgresql' : 'sqlite' }),
  emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
  trustedOrigins: async (request) => (request ? [ownOrigin(request.headers)] : []),
  rateLimit: { enabled: false },
  hooks: { before: guard },
  advanced: {
    useSecureCookies: siteUrl?.startsWith('https://') ?? false,
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
  },
  plugins: [
    admin({ ac: access, roles, defaultRole: 'learner', adminRoles: ['admin'] }),
    nextCookies(),
  ],
});
