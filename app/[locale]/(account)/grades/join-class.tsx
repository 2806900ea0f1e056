'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { z } from 'zod';
import { buttonClass } from '@/app/_ui/button';

const joined = z.object({ class: z.string() });

type Told =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'joined'; readonly name: string }
  | { readonly kind: 'failed' | 'wait' };

async function join(joinCode: string): Promise<Told> {
  const answer = await fetch('/api/v1/enrollments', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ joinCode }),
  }).catch(() => null);
  if (answer?.status === 429) return { kind: 'wait' };
  if (!answer?.ok) return { kind: 'failed' };
  return { kind: 'joined', name: joined.parse(await answer.json()).class };
}

export function JoinClass() {
  const t = useTranslations('grades');
  const router = useRouter();
  const id = useId();
  const [told, setTold] = useState<Told>({ kind: 'nothing' });

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('joinCode');
    const result = await join(typeof code === 'string' ? code : '');
    setTold(result);
    if (result.kind === 'joined') router.refresh();
  }

  return (
    <form onSubmit={submit} className="grid max-w-sm gap-2">
      <label htmlFor={id} className="font-medium">
        {t('joinCode')}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          name="joinCode"
          required
          minLength={4}
          maxLength={40}
          autoComplete="off"
          className="min-w-0 flex-1 rounded border border-line-strong bg-panel px-3 py-1 font-mono"
        />
        <button type="submit" className={buttonClass('plain')}>
          {t('join')}
        </button>
      </div>
      <p role="status" className={told.kind === 'joined' ? 'text-ok' : 'text-fail'}>
        {told.kind === 'joined' && t('joined', { name: told.name })}
        {told.kind === 'failed' && t('joinFailed')}
        {told.kind === 'wait' && t('joinWait')}
      </p>
    </form>
  );
}
