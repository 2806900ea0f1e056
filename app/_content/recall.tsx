'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { InlineCode } from './inline-code';

interface Props {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

/** A question to answer in the head, then compare. */
export function Recall({ id, question, answer }: Props) {
  const t = useTranslations('lesson.recallCard');
  const [isOpen, setOpen] = useState(false);
  const answerId = useId();
  const questionId = useId();
  return (
    <section
      id={`recall-${id}`}
      aria-labelledby={questionId}
      className="rounded border border-line bg-panel px-5 py-3"
    >
      <p id={questionId} className="font-medium">
        <InlineCode text={question} />
      </p>
      <Button
        look="quiet"
        className="-ml-3 text-accent"
        aria-expanded={isOpen}
        aria-controls={answerId}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t('hide') : t('show')}
      </Button>
      <p id={answerId} hidden={!isOpen}>
        <InlineCode text={answer} />
      </p>
    </section>
  );
}
