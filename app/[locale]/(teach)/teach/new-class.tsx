'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { buttonClass } from '@/app/_ui/button';

export function NewClass() {
  const t = useTranslations('teach');
  const router = useRouter();
  const id = useId();
  const [hasFailed, setFailed] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const name = new FormData(form).get('name');
    const answer = await fetch('/api/v1/classes', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    }).catch(() => null);
    setFailed(!answer?.ok);
    if (!answer?.ok) return;
    form.reset();
    router.refresh();
  }

  return (
    <form onSubmit={submit} className="grid max-w-sm gap-2">
      <label htmlFor={id} className="font-medium">
        {t('className')}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          name="name"
          required
          maxLength={80}
          autoComplete="off"
          className="min-w-0 flex-1 rounded border border-line-strong bg-panel px-3 py-1"
        />
        <button type="submit" className={buttonClass('plain')}>
          {t('create')}
        </button>
      </div>
      <p role="alert" className="text-fail empty:hidden">
        {hasFailed && t('createFailed')}
      </p>
    </form>
  );
}
