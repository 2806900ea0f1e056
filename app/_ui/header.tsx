import { getLocale, getTranslations } from 'next-intl/server';
import { courseOf } from '@/app/_content/catalogue';
import { Link } from '@/app/_i18n/navigation';
import { mayTeach, type Viewer } from '@/app/_server/session';
import { LocaleSwitch } from './locale-switch';
import { NavLink } from './nav-link';
import { type SearchEntry, SearchPalette } from './search-palette';
import type { Theme } from './theme';
import { ThemeSwitch } from './theme-switch';

interface Props {
  readonly viewer: Viewer | null;
  readonly theme: Theme;
}

export async function Header({ viewer, theme }: Props) {
  const t = await getTranslations('shell');
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-panel">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
      >
        {t('skip')}
      </a>
      <div className="flex h-12 items-center gap-1 px-3 sm:gap-3 sm:px-4">
        <Link href="/" className="mr-1 flex items-center gap-2 font-semibold text-lg">
          <Mark />
          <span className="max-[400px]:sr-only">Hopwise</span>
        </Link>
        <nav aria-label={t('main')} className="flex items-center">
          <NavLink href="/" alsoFor={['/course', '/lab']}>
            {t('course')}
          </NavLink>
          <NavLink href="/playground">{t('playground')}</NavLink>
          {viewer !== null && (
            <span className="max-md:hidden">
              <NavLink href="/grades">{t('grades')}</NavLink>
            </span>
          )}
          {viewer !== null && mayTeach(viewer) && (
            <span className="max-md:hidden">
              <NavLink href="/teach">{t('teach')}</NavLink>
            </span>
          )}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <SearchPalette entries={await searchEntries()} />
          <LocaleSwitch />
          <ThemeSwitch initial={theme} />
          <Link
            href={viewer === null ? '/sign-in' : '/grades'}
            className="rounded px-2 py-1.5 text-sm text-quiet hover:bg-raised hover:text-text"
          >
            {viewer === null ? (
              t('signIn')
            ) : (
              <span className="block max-w-28 truncate">{viewer.name}</span>
            )}
          </Link>
        </div>
      </div>
    </header>
  );
}

const Mark = () => (
  <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
    <path
      d="M5 22h7c2 0 2.6-1.2 3.2-2.8l1.6-6.4c.6-1.6 1.4-2.8 3.4-2.8H27"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
    />
    <circle cx="5.5" cy="22" r="3.5" className="fill-accent" />
    <circle cx="26.5" cy="10" r="3.5" className="fill-accent" />
  </svg>
);

async function searchEntries(): Promise<readonly SearchEntry[]> {
  const t = await getTranslations('shell');
  const locale = (await getLocale()) === 'ko' ? 'ko' : 'en';
  const lessons = courseOf(locale).flatMap(({ module, lessons }) =>
    lessons.flatMap((lesson) => [
      {
        kind: 'lesson' as const,
        href: `/course/${lesson.slug}`,
        title: lesson.title,
        note: module.title[locale],
        words: lesson.summary,
      },
      ...lesson.labs.map((lab) => ({
        kind: 'lab' as const,
        href: `/lab/${lab.slug}`,
        title: lab.title,
        note: module.title[locale],
        words: lesson.title,
      })),
    ]),
  );
  const pages = [
    { href: '/', title: t('course') },
    { href: '/playground', title: t('playground') },
    { href: '/fidelity', title: t('fidelity') },
    { href: '/grades', title: t('grades') },
  ];
  return [
    ...lessons,
    ...pages.map((page) => ({ ...page, kind: 'page' as const, note: '', words: '' })),
  ];
}
