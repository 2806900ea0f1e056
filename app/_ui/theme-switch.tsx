'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from './button';
import { nextTheme, THEME_COOKIE, type Theme } from './theme';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const YEAR_SECONDS = 31_536_000;

/** Walks system -> light -> dark; the server reads the cookie, so that no page flashes. */
export function ThemeSwitch({ initial }: { readonly initial: Theme }) {
  const t = useTranslations('shell');
  const [theme, setTheme] = useState(initial);
  const Icon = ICONS[theme];
  const change = () => {
    const next = nextTheme(theme);
    setTheme(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
    window.dispatchEvent(new Event('hopwise-theme'));
  };
  return (
    <IconButton label={t('theme', { theme: t(`themes.${theme}`) })} onClick={change}>
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
