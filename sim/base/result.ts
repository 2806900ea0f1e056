/** A value or a typed error; the engine never throws for what a learner can cause. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({
  ok: false,
  error,
});
/** The success of something that has nothing to say. */
export const OK: { readonly ok: true; readonly value: undefined } = ok(undefined);
