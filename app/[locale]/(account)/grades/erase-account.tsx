'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { buttonClass } from '@/app/_ui/button';

type Failure = 'wrong' | 'wait' | 'other' | null;

async function erase(password: string): Promise<Failure> {
  const answer = await fetch('/api/v1/account', {
    method: 'DELETE',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ password }),
  }).catch(() => null);
  if (answer?.ok) return null;
  if (answer?.status === 403) return 'wrong';
  return answer?.status === 429 ? 'wait' : 'other';
}

/** Opens to a form that asks for the password; afterwards there is no account any more. */
export function EraseAccount() {
  const t = useTranslations('grades');
  const locale = useLocale();
  const id = useId();
  const [failure, setFailure] = useState<Failure>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    const result = await erase(typeof password === 'string' ? password : '');
    setFailure(result);
    if (result === null) window.location.assign(`/${locale}`);
  }

  return (
    <details>
      <summary className="text-fail">{t('erase')}</summary>
      <form onSubmit={submit} className="mt-3 grid max-w-sm gap-2">
        <p>{t('eraseText')}</p>
        <label htmlFor={id} className="font-medium">
          {t('erasePassword')}
        </label>
        <input
          id={id}
          name="password"
          type="password"
          required
          maxLength={128}
          autoComplete="current-password"
          className="rounded border border-line-strong bg-panel px-3 py-1"
        />
        <button type="submit" className={buttonClass('plain', 'justify-self-start text-fail')}>
          {t('eraseNow')}
        </button>
        <p role="alert" className="text-fail empty:hidden">
          {failure !== null && t(`eraseFailed.${failure}`)}
        </p>
      </form>
    </details>
  );
}
