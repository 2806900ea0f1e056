/** Raised when the same log could give another world: a submission names the one that it was made on. */
export const engineVersion = '1';
/** Of logs and exported sandboxes. */
export const labFormatVersion = 1;
