'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/app/_ui/button';

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: Props) {
  const t = useTranslations('shell.error');
  return (
    <main id="main" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-20">
      <h1 className="font-semibold text-2xl">{t('title')}</h1>
      <p className="text-lg text-quiet">{t('text')}</p>
      {error.digest !== undefined && (
        <p className="font-mono text-quiet text-sm">{t('reference', { digest: error.digest })}</p>
      )}
      <Button look="primary" onClick={reset}>
        {t('again')}
      </Button>
    </main>
  );
}
