'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usePathname } from '@/app/_i18n/navigation';
import { routing } from '@/app/_i18n/routing';

/** What is seen is a part of what is said: WCAG 2.5.3. */
const NAMES = { en: 'EN, English', ko: 'KO, 한국어' } as const;

/** The same page in the other language. */
export function LocaleSwitch() {
  const t = useTranslations('shell');
  const current = useLocale();
  const pathname = usePathname();
  return (
    <nav aria-label={t('language')} className="flex items-center text-xs">
      {routing.locales.map((locale, index) => (
        <span key={locale} className="flex items-center">
          {index > 0 && (
            <span aria-hidden className="text-line-strong">
              |
            </span>
          )}
          <a
            href={`/${locale}${pathname === '/' ? '' : pathname}`}
            hrefLang={locale}
            lang={locale}
            aria-label={NAMES[locale]}
            aria-current={locale === current ? 'true' : undefined}
            className={`rounded px-1.5 py-1.5 ${locale === current ? 'font-semibold text-text' : 'text-quiet hover:text-text'}`}
          >
            {locale.toUpperCase()}
          </a>
        </span>
      ))}
    </nav>
  );
}
