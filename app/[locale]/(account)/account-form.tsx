'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { importGuest } from '@/app/_content/guest-import';
import { Link } from '@/app/_i18n/navigation';
import { buttonClass } from '@/app/_ui/button';

const MIN_PASSWORD = 8;

interface Props {
  readonly kind: 'sign-in' | 'sign-up';
  /** Where to go afterwards: a path of this site. */
  readonly next: string;
}

/** What the API answers when it refuses: a code, which the messages file puts into words. */
const KNOWN_CODES = new Set([
  'USER_ALREADY_EXISTS',
  'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
  'INVALID_EMAIL_OR_PASSWORD',
  'INVALID_EMAIL',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'TOO_MANY_ATTEMPTS',
  'BAD_INPUT',
]);

async function send(kind: Props['kind'], form: FormData): Promise<string | null> {
  try {
    const answer = await fetch(`/api/auth/${kind}/email`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(form)),
    });
    if (answer.ok) return null;
    const body: unknown = await answer.json().catch(() => null);
    const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
    return typeof code === 'string' && KNOWN_CODES.has(code) ? code : 'OTHER';
  } catch {
    return 'OFFLINE';
  }
}

export function AccountForm({ kind, next }: Props) {
  const t = useTranslations('account');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const errorId = useId();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const failure = await send(kind, new FormData(event.currentTarget));
    if (failure !== null) {
      setError(failure);
      setBusy(false);
      return;
    }
    // What could not be moved now stays in this browser, and moves when the next page opens.
    await importGuest().catch(() => undefined);
    window.location.assign(next);
  }

  const isNew = kind === 'sign-up';
  const other = isNew ? '/sign-in' : '/sign-up';
  return (
    <form method="post" onSubmit={submit} className="grid gap-4" aria-describedby={errorId}>
      {isNew && <Field name="name" label={t('name')} autoComplete="name" maxLength={80} />}
      <Field name="email" label={t('email')} type="email" autoComplete="email" maxLength={254} />
      <Field
        name="password"
        label={t('password')}
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        maxLength={128}
        {...(isNew
          ? { minLength: MIN_PASSWORD, note: t('passwordNote', { n: MIN_PASSWORD }) }
          : {})}
      />
      <p id={errorId} role="alert" className="text-fail empty:hidden">
        {error !== null && t(`errors.${error}`)}
      </p>
      <button type="submit" disabled={isBusy} className={buttonClass('primary')}>
        {t(isNew ? 'signUp' : 'signIn')}
      </button>
      <p className="text-quiet">
        {t(isNew ? 'haveAccount' : 'noAccount')}{' '}
        <Link className="text-accent underline" href={{ pathname: other, query: { next } }}>
          {t(isNew ? 'signIn' : 'signUp')}
        </Link>
      </p>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete: string;
  readonly maxLength: number;
  readonly minLength?: number;
  readonly note?: string;
}

function Field({ name, label, note, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        required
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className="rounded border border-line-strong bg-panel px-3 py-1.5 text-lg"
        {...rest}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className="text-quiet text-sm">
          {note}
        </p>
      )}
    </div>
  );
}
