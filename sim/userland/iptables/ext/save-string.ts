/** xtables_save_string(): quoted when it holds more than letters, digits, `_` and `-`. */
export function saveString(text: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(text)) return ` ${text}`;
  return ` "${text.replace(/["\\']/g, '\\$&')}"`;
}

/** What the kernel's struct keeps of a text of `size` bytes with its end. */
export const keep = (text: string, size: number): string => text.slice(0, size - 1);
