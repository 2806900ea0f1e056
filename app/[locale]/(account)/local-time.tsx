'use client';

import { useLocale } from 'next-intl';

/** A moment in the time zone of the reader; the server, which does not know it, writes UTC first. */
export function LocalTime({ iso }: { readonly iso: string }) {
  const locale = useLocale();
  const text = new Date(iso).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <time dateTime={iso} suppressHydrationWarning>
      {text}
    </time>
  );
}
