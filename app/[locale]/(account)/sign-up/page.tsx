import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AccountForm } from '../account-form';
import { nextPath } from '../next-path';

interface Props {
  readonly searchParams: Promise<{ readonly next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('signUp') };
}

export default async function SignUpPage({ searchParams }: Props) {
  const t = await getTranslations('account');
  const locale = await getLocale();
  const { next } = await searchParams;
  return (
    <main id="main" className="mx-auto grid w-full max-w-sm gap-6 px-4 py-12">
      <div className="grid gap-2">
        <h1 className="font-semibold text-2xl">{t('signUp')}</h1>
        <p className="text-quiet">{t('signUpText')}</p>
      </div>
      <AccountForm kind="sign-up" next={nextPath(next, `/${locale}`)} />
    </main>
  );
}
