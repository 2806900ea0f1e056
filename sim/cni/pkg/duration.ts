const UNITS: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
};

/** time.ParseDuration(), in µs; undefined where it is none. */
export function parseGoDuration(text: string): number | undefined {
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  let rest = text.slice(sign.length);
  if (rest === '0') return 0;
  let us = 0;
  if (rest === '') return undefined;
  while (rest !== '') {
    const part = /^(\d+\.?\d*|\.\d+)([a-zµ]+)/.exec(rest);
    const unit = UNITS[part?.[2] ?? ''];
    if (!part || unit === undefined) return undefined;
    us += Number(part[1]) * unit;
    rest = rest.slice(part[0].length);
  }
  return Math.round(sign === '-' ? -us : us);
}

/** time.Duration.String(). */
export function formatGoDuration(us: number): string {
  if (us === 0) return '0s';
  const sign = us < 0 ? '-' : '';
  const abs = Math.abs(us);
  if (abs < 1000) return `${sign}${abs}µs`;
  if (abs < 1_000_000) return `${sign}${abs / 1000}ms`;
  const seconds = (abs % 60_000_000) / 1_000_000;
  const minutes = Math.floor(abs / 60_000_000) % 60;
  const hours = Math.floor(abs / 3_600_000_000);
  const large = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${sign}${large}${seconds}s`;
}
