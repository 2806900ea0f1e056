'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/app/_ui/button';

export function SignOutButton() {
  const t = useTranslations('account');
  const locale = useLocale();

  async function signOut(): Promise<void> {
    await fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    window.location.assign(`/${locale}`);
  }

  return <Button onClick={signOut}>{t('signOut')}</Button>;
}
