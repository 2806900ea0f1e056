'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useProgress } from '@/app/_content/use-progress';
import { useAnnounce } from '@/app/_ui/announcer';
import type { Lab } from '@/sim/lab/lab-schema';
import type { CheckView } from './messages';

/** Whether every check holds; the course map is told, and who listens to the page. */
export function useLabProgress(
  lab: Lab,
  hasWork: boolean,
  checks: readonly CheckView[] | null,
): boolean {
  const t = useTranslations('lab');
  const announce = useAnnounce();
  const { setLab } = useProgress();
  const isPassed =
    checks !== null && checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass');
  useEffect(() => {
    if (lab.yaml.tasks.length > 0 && hasWork) setLab(lab.slug, isPassed ? 'passed' : 'started');
  }, [lab, hasWork, isPassed, setLab]);
  useEffect(() => {
    if (isPassed) announce(t('allDone'));
  }, [isPassed, announce, t]);
  return isPassed;
}
