'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/app/_ui/button';
import { useProgress } from './use-progress';

/** Opening a lesson starts it; the learner says when it is read. */
export function ReadMark({ lesson }: { readonly lesson: string }) {
  const t = useTranslations('lesson');
  const { isReady, progress, setLesson, setLast } = useProgress();
  const state = progress.lessons[lesson];
  useEffect(() => {
    if (!isReady || state !== undefined) return;
    setLesson(lesson, 'started');
    setLast(`/course/${lesson}`);
  }, [isReady, state, lesson, setLesson, setLast]);
  if (state === 'done') {
    return (
      <p className="inline-flex items-center gap-1.5 text-ok text-sm">
        <Check size={15} aria-hidden /> {t('isDone')}
      </p>
    );
  }
  return <Button onClick={() => setLesson(lesson, 'done')}>{t('done')}</Button>;
}
