import 'server-only';
import type { z } from 'zod';
import { API_LIMIT, type Limit, rateLimiter } from './rate-limit';
import { isSameOrigin } from './request-origin';
import { type Viewer, viewerOf } from './session';

/** The largest body that a route reads, unless it says otherwise. */
const DEFAULT_MAX_BYTES = 64 * 1024;

/** What a route answers instead of its result. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, options: ApiErrorOptions) {
    super(options.message);
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}

interface ApiErrorOptions {
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteOptions<Body> {
  readonly body?: z.ZodType<Body>;
  readonly maxBytes?: number;
  readonly limit?: Limit;
}

export interface Asked<Body> {
  readonly viewer: Viewer;
  readonly body: Body;
  readonly request: Request;
}

/**
 * A route of the API for signed-in people: checks the origin of what changes something, the session, the
 * rate, the size and the shape of the body, in this order; then asks `answer`.
 */
export async function handle<Body>(
  request: Request,
  options: RouteOptions<Body>,
  answer: (asked: Asked<Body>) => Promise<Response>,
): Promise<Response> {
  try {
    if (request.method !== 'GET' && !isSameOrigin(request.headers)) {
      throw new ApiError(403, 'OTHER_ORIGIN', { message: 'The request comes from another site.' });
    }
    const viewer = await viewerOf(request.headers);
    if (!viewer) throw new ApiError(401, 'SIGN_IN', { message: 'Sign in first.' });
    mustPass(API_LIMIT, viewer);
    if (options.limit) mustPass(options.limit, viewer);
    return await answer({ viewer, body: await bodyOf(request, options), request });
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error);
    console.error(error);
    return errorResponse(new ApiError(500, 'INTERNAL', { message: 'The server failed.' }));
  }
}

const errorResponse = (error: ApiError): Response =>
  Response.json(
    { error: { code: error.code, message: error.message } },
    { status: error.status, headers: error.headers },
  );

function mustPass(limit: Limit, viewer: Viewer): void {
  const verdict = rateLimiter.take(limit, viewer.id);
  if (verdict.kind === 'pass') return;
  throw new ApiError(429, 'TOO_MANY_REQUESTS', {
    message: `Too many requests: wait ${verdict.retryAfterSeconds} s.`,
    headers: { 'Retry-After': String(verdict.retryAfterSeconds) },
  });
}

async function bodyOf<Body>(request: Request, options: RouteOptions<Body>): Promise<Body> {
  const schema = options.body;
  const text = schema ? await boundedText(request, options.maxBytes ?? DEFAULT_MAX_BYTES) : 'null';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError(400, 'NOT_JSON', { message: 'The body is not JSON.' });
  }
  return schema ? parsed(schema, value) : emptyBody(value);
}

/** Routes without a schema have no body: their Body is `unknown`, and they get null. */
function emptyBody<Body>(value: unknown): Body;
function emptyBody(value: unknown): unknown {
  return value;
}

export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'body';
  throw new ApiError(400, 'BAD_INPUT', { message: `${where}: ${issue?.message ?? 'not valid'}` });
}

async function boundedText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = new ApiError(413, 'TOO_LARGE', { message: `At most ${maxBytes} bytes.` });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge;
  const reader = request.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw tooLarge;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
