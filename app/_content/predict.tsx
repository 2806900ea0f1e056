'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { InlineCode } from './inline-code';
import { useLesson } from './lesson-context';
import { answerKey } from './progress-store';
import { useProgress } from './use-progress';

interface Props {
  readonly id: string;
  readonly question: string;
  readonly choices?: readonly string[];
  /** Index into `choices`. */
  readonly answer?: number;
  /** Free answers that are right. */
  readonly accept?: readonly string[];
  /** Shown once the learner has answered. */
  readonly children: ReactNode;
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Asks before it tells: the reveal stays shut until there is an answer, and the first answer is kept. */
export function Predict({ id, question, choices = [], answer, accept = [], children }: Props) {
  const t = useTranslations('lesson.predict');
  const { lesson } = useLesson();
  const { progress, setAnswer } = useProgress();
  const [draft, setDraft] = useState('');
  const questionId = useId();
  const saved = progress.answers[answerKey(lesson, id)];
  const right = choices.length > 0 ? (choices[answer ?? -1] ?? '') : (accept[0] ?? '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.trim() === '') return;
    const isRight =
      choices.length > 0 ? draft === right : accept.some((text) => plain(text) === plain(draft));
    setAnswer(lesson, id, { answer: draft.slice(0, 500), correct: isRight });
  };
  return (
    <section
      aria-labelledby={questionId}
      className="rounded border border-line border-l-4 border-l-accent bg-panel px-5 py-4"
    >
      <p id={questionId} className="font-medium">
        <InlineCode text={question} />
      </p>
      {saved === undefined ? (
        <form onSubmit={submit} className="mt-3 grid gap-2">
          {choices.length > 0 ? (
            <Choices labelledBy={questionId} choices={choices} chosen={draft} choose={setDraft} />
          ) : (
            <input
              aria-labelledby={questionId}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              placeholder={t('placeholder')}
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
              className="w-full max-w-sm rounded border border-line-strong bg-ground px-3 py-1.5 font-mono text-sm placeholder:text-quiet"
            />
          )}
          <Button
            type="submit"
            look="primary"
            className="mt-1 justify-self-start"
            disabled={draft === ''}
          >
            {t('check')}
          </Button>
        </form>
      ) : (
        <div className="mt-3 border-line border-t pt-3" aria-live="polite">
          <p className={`text-sm ${saved.correct ? 'text-ok' : 'text-warn'}`}>
            <span aria-hidden>{saved.correct ? '✓ ' : '→ '}</span>
            <strong>{saved.correct ? t('right') : t('wrong')}</strong>{' '}
            <InlineCode text={t('yours', { answer: saved.answer })} />
            {!saved.correct && right !== '' && (
              <>
                {' · '}
                <InlineCode text={t('right-answer', { answer: right })} />
              </>
            )}
          </p>
          <div className="mt-2 grid gap-3">{children}</div>
        </div>
      )}
    </section>
  );
}

interface ChoicesProps {
  readonly labelledBy: string;
  readonly choices: readonly string[];
  readonly chosen: string;
  readonly choose: (choice: string) => void;
}

function Choices({ labelledBy, choices, chosen, choose }: ChoicesProps) {
  const name = useId();
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} className="grid gap-1">
      {choices.map((choice) => (
        <label
          key={choice}
          className="flex cursor-pointer items-baseline gap-2.5 rounded border border-transparent px-2 py-1 hover:bg-raised has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={name}
            checked={chosen === choice}
            onChange={() => choose(choice)}
            className="accent-accent"
          />
          <span>
            <InlineCode text={choice} />
          </span>
        </label>
      ))}
    </div>
  );
}
