/** The data of a match or target while its options are still being read. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
