import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { hasLocale, NextIntlClientProvider } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ProgressProvider } from '@/app/_content/use-progress';
import { routing } from '@/app/_i18n/routing';
import { currentViewer } from '@/app/_server/session';
import { AnnouncerProvider } from '@/app/_ui/announcer';
import { Header } from '@/app/_ui/header';
import { parseTheme, THEME_COOKIE } from '@/app/_ui/theme';
import '../globals.css';

interface Props {
  readonly children: ReactNode;
  readonly params: Promise<{ readonly locale: string }>;
}

export const metadata: Metadata = {
  title: { default: 'Hopwise', template: '%s · Hopwise' },
  description: 'Container and Kubernetes networking, packet by packet.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function LocaleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  await connection(); // the nonce of the Content-Security-Policy differs in every answer
  const viewer = await currentViewer();
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <NextIntlClientProvider>
          <AnnouncerProvider>
            <ProgressProvider userId={viewer?.id ?? null}>
              <Header viewer={viewer} theme={theme} />
              {children}
            </ProgressProvider>
          </AnnouncerProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
