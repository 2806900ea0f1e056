import { err, type Result } from '../../base/result';

/** What the engine answers instead of a result: errdefs of moby, by HTTP status. */
export interface ApiError {
  readonly status: 304 | 400 | 403 | 404 | 409 | 500 | 501 | 503;
  readonly message: string;
}

export type ApiResult<T> = Result<T, ApiError>;

const failure =
  (status: ApiError['status']) =>
  (message: string): { readonly ok: false; readonly error: ApiError } =>
    err({ status, message });

export const invalidParameter = failure(400);
export const forbidden = failure(403);
export const notFound = failure(404);
export const conflict = failure(409);
export const systemError = failure(500);
export const notImplemented = failure(501);
export const unavailable = failure(503);

export const noSuchContainer = (name: string) => notFound(`No such container: ${name}`);
export const noSuchNetwork = (name: string) => notFound(`network ${name} not found`);
