import { getTranslations } from 'next-intl/server';
import { Link } from '@/app/_i18n/navigation';
import { buttonClass } from '@/app/_ui/button';

export default async function NotFoundPage() {
  const t = await getTranslations('shell.notFound');
  return (
    <main id="main" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-20">
      <h1 className="font-semibold text-2xl">{t('title')}</h1>
      <p className="text-lg text-quiet">{t('text')}</p>
      <Link href="/" className={buttonClass('primary')}>
        {t('back')}
      </Link>
    </main>
  );
}
