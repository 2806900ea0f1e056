'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { OutlineEntry } from './mdx-plugins';

/** The headings of a lesson; the one being read is marked. */
export function Outline({ entries }: { readonly entries: readonly OutlineEntry[] }) {
  const t = useTranslations('lesson');
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (seen) => {
        const top = seen.find((entry) => entry.isIntersecting);
        if (top) setCurrent(top.target.id);
      },
      { rootMargin: '-64px 0px -65% 0px' },
    );
    for (const { id } of entries) {
      const heading = document.getElementById(id);
      if (heading) observer.observe(heading);
    }
    return () => observer.disconnect();
  }, [entries]);
  if (entries.length === 0) return null;
  return (
    <nav aria-label={t('outline')} className="text-sm">
      <p className="mb-2 font-medium">{t('outline')}</p>
      <ul className="border-line border-l">
        {entries.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={current === id ? 'location' : undefined}
              className={`-ml-px block border-l-2 py-1 pl-3 hover:text-text ${current === id ? 'border-accent text-text' : 'border-transparent text-quiet'}`}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
