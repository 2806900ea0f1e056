'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '@/app/_i18n/navigation';
import { buttonClass } from '@/app/_ui/button';
import { useProgress } from './use-progress';

interface ModuleProps {
  readonly lessons: readonly string[];
  readonly labs: readonly string[];
}

/** A bar of what is done of a module. */
export function ModuleProgress({ lessons, labs }: ModuleProps) {
  const t = useTranslations('course');
  const { progress } = useProgress();
  const all = lessons.length + labs.length;
  const done =
    lessons.filter((slug) => progress.lessons[slug] === 'done').length +
    labs.filter((slug) => progress.labs[slug] === 'passed').length;
  return (
    <span
      role="img"
      aria-label={t('progress', { done, all })}
      className="block h-1.5 w-24 overflow-hidden rounded bg-raised outline outline-line"
    >
      <span
        className="block h-full bg-ok transition-[width] duration-200"
        style={{ width: `${all === 0 ? 0 : (done / all) * 100}%` }}
      />
    </span>
  );
}

interface MarkProps {
  readonly kind: 'lesson' | 'lab';
  readonly slug: string;
}

const RING = 'absolute z-10 grid place-items-center rounded-full border-2 bg-panel';

/** The station of a lesson or a lab on the module's line: empty, half, or ticked. */
export function StateMark({ kind, slug }: MarkProps) {
  const t = useTranslations('course');
  const { progress } = useProgress();
  const state = (kind === 'lesson' ? progress.lessons[slug] : progress.labs[slug]) ?? 'todo';
  const isComplete = state === 'done' || state === 'passed';
  const place = kind === 'lesson' ? 'top-2.5 left-0.5 size-5' : 'top-2 -left-7 size-3.5';
  const colour = isComplete
    ? 'border-ok text-ok'
    : state === 'started'
      ? 'border-accent'
      : 'border-line-strong';
  return (
    <span className={`${RING} ${place} ${colour}`}>
      {isComplete && <Check size={kind === 'lesson' ? 12 : 9} strokeWidth={3} aria-hidden />}
      {state === 'started' && <span className="size-1.5 rounded-full bg-accent" />}
      <span className="sr-only">{t(`state.${state}`)}</span>
    </span>
  );
}

interface ContinueProps {
  readonly lessons: readonly { readonly slug: string; readonly title: string }[];
}

/** The next thing to do: the first lesson that is not done. */
export function ContinueButton({ lessons }: ContinueProps) {
  const t = useTranslations('course');
  const { progress } = useProgress();
  const next = lessons.find(({ slug }) => progress.lessons[slug] !== 'done') ?? lessons[0];
  if (!next) return null;
  const hasBegun = Object.keys(progress.lessons).length > 0;
  return (
    <Link href={`/course/${next.slug}`} className={buttonClass('primary')}>
      {t(hasBegun ? 'continue' : 'start', { title: next.title })}
    </Link>
  );
}
