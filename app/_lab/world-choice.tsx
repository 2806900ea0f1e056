'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from '@/app/_i18n/navigation';

interface Props {
  readonly worlds: readonly { readonly slug: string; readonly title: string }[];
  readonly chosen: string;
}

/** Which room the playground shows; each keeps its own draft. */
export function WorldChoice({ worlds, chosen }: Props) {
  const t = useTranslations('lab.playground');
  const router = useRouter();
  return (
    <select
      aria-label={t('world')}
      value={chosen}
      onChange={(event) => router.push(`/playground?world=${event.target.value}`)}
      className="min-h-8 rounded border border-line-strong bg-panel px-2 text-sm"
    >
      {worlds.map(({ slug, title }) => (
        <option key={slug} value={slug}>
          {title}
        </option>
      ))}
    </select>
  );
}
