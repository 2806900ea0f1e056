'use client';

import { Check, CircleDashed, Lightbulb, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { InlineCode } from '@/app/_content/inline-code';
import { useAnnounce } from '@/app/_ui/announcer';
import { Button } from '@/app/_ui/button';
import type { CheckSpec } from '@/sim/lab/check-schema';
import type { HintSpec } from '@/sim/lab/lab-schema';
import { fill } from '@/sim/lab/variant';
import { checkTitle } from './check-title';
import { useLabContext } from './lab-context';
import type { CheckView, Words } from './messages';

interface Props {
  readonly id: string;
  readonly children: ReactNode;
}

const useWords = () => {
  const locale = useLocale() === 'ko' ? 'ko' : 'en';
  const { variant } = useLabContext();
  return (words: Words): string => {
    const filled = fill(words[locale], variant);
    return (filled.ok ? filled.value : words[locale]).replace(/\$\{[^}]*\}/g, '…');
  };
};

/** `<Task id>` of a lab's text: the instructions, their checks as they stand, and the ladder of hints. */
export function TaskSection({ id, children }: Props) {
  const t = useTranslations('lab');
  const announce = useAnnounce();
  const words = useWords();
  const { tasks, checks } = useLabContext();
  const index = tasks.findIndex((task) => task.id === id);
  const task = tasks[index];
  const mine = checks?.filter((check) => check.task === id) ?? [];
  const done = mine.filter((check) => check.verdict === 'pass').length;
  const isDone = task !== undefined && mine.length > 0 && done === task.checks.length;
  const wasDone = useRef<boolean | null>(null);
  useEffect(() => {
    if (checks === null) return;
    if (isDone && wasDone.current === false) announce(t('taskDone', { number: index + 1 }));
    wasDone.current = isDone;
  }, [checks, isDone, index, announce, t]);
  if (!task) return null;
  return (
    <section aria-labelledby={`task-${id}`} className="rounded border border-line bg-panel">
      <header className="flex items-baseline gap-2 border-line border-b px-3 py-2">
        <h2 id={`task-${id}`} className="grow font-semibold text-base">
          <span className="text-accent">{index + 1}</span> {words(task.title)}
        </h2>
        <span className={`text-xs tabular-nums ${isDone ? 'font-semibold text-ok' : 'text-quiet'}`}>
          {isDone && <span aria-hidden>✓ </span>}
          {t('check.all', { done, all: task.checks.length })}
        </span>
      </header>
      <div className="prose prose-small px-3 py-2">{children}</div>
      <ul aria-label={t('checks')} className="grid gap-1 px-3 pb-2">
        {task.checks.map((check) => (
          <CheckLine key={check.id} check={check} view={mine.find((one) => one.id === check.id)} />
        ))}
      </ul>
      <Hints hints={task.hints} failing={mine.filter((one) => one.verdict !== 'pass')} />
    </section>
  );
}

interface CheckProps {
  readonly check: CheckSpec;
  readonly view: CheckView | undefined;
}

function CheckLine({ check, view }: CheckProps) {
  const t = useTranslations('lab.check');
  const announce = useAnnounce();
  const words = useWords();
  const { showJourney, hasWork } = useLabContext();
  const isToDo = view === undefined || (!hasWork && view.verdict === 'fail');
  const verdict = isToDo ? 'none' : view.verdict;
  const before = useRef(verdict);
  const [isFresh, setFresh] = useState(false);
  const title = words(checkTitle(check));
  useEffect(() => {
    const turned = before.current !== 'none' && before.current !== 'pass' && verdict === 'pass';
    before.current = verdict;
    setFresh(turned);
    if (turned) announce(t('turned', { title }));
  }, [verdict, title, announce, t]);
  const isQuestion = check.assert === 'answer' || check.assert === 'predict';
  return (
    <li
      className={`rounded px-1 py-0.5 text-sm ${isFresh ? 'glow-once' : ''}`}
      data-verdict={verdict}
    >
      <span className="flex items-start gap-2">
        <Mark verdict={verdict} />
        <span className="min-w-0 grow">
          <InlineCode text={title} /> <span className="sr-only">{t(verdict)}</span>
        </span>
      </span>
      {isQuestion && <Question check={check} />}
      {view && !isToDo && verdict !== 'pass' && view.explanation !== null && (
        <p className="mt-0.5 ml-6 text-quiet text-xs">{words(view.explanation)}</p>
      )}
      {view?.journey && verdict === 'fail' && (
        <Button
          look="quiet"
          className="ml-4 min-h-6! px-2! py-0! text-accent! text-xs!"
          onClick={() => view.journey && showJourney(view.journey)}
        >
          {t('showPacket')}
        </Button>
      )}
    </li>
  );
}

function Mark({ verdict }: { readonly verdict: CheckView['verdict'] | 'none' }) {
  if (verdict === 'pass')
    return <Check size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />;
  if (verdict === 'none') {
    return <CircleDashed size={16} aria-hidden className="mt-0.5 shrink-0 text-quiet" />;
  }
  return <X size={16} aria-hidden className="mt-0.5 shrink-0 text-fail" />;
}

/** A question of the lab; its right answer is computed from the world. */
function Question({ check }: { readonly check: CheckSpec }) {
  const t = useTranslations('lab.answer');
  const words = useWords();
  const { answers, say } = useLabContext();
  const given = answers.get(check.id);
  const [draft, setDraft] = useState(given ?? '');
  const fieldId = useId();
  if (check.assert !== 'answer' && check.assert !== 'predict') return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.trim() !== '') say(check.id, draft.trim());
  };
  const field = 'w-full min-w-0 rounded border border-line-strong bg-ground px-2 py-1 text-sm';
  return (
    <form onSubmit={submit} className="mt-1 ml-6 grid grid-cols-[minmax(0,1fr)] gap-1">
      <label htmlFor={fieldId} className={check.title ? '' : 'sr-only'}>
        <InlineCode text={words(check.question)} />
      </label>
      <div>
        {check.choices ? (
          <select
            id={fieldId}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            className={field}
          >
            <option value="" />
            {check.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {words(choice.text)}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={fieldId}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            maxLength={1000}
            autoComplete="off"
            spellCheck={false}
            className={`${field} font-mono`}
          />
        )}
      </div>
      <div className="flex items-center gap-2">
        <Button type="submit" disabled={draft.trim() === '' || draft === given}>
          {t('send')}
        </Button>
        {given !== undefined && (
          <span className="text-quiet text-xs">{t('sent', { value: given })}</span>
        )}
      </div>
    </form>
  );
}

interface HintsProps {
  readonly hints: readonly HintSpec[];
  readonly failing: readonly CheckView[];
}

/** One rung at a time: a nudge, where to look, the concept, the step. */
function Hints({ hints, failing }: HintsProps) {
  const t = useTranslations('lab.hint');
  const words = useWords();
  const [shown, setShown] = useState(0);
  const fitting = hints.filter(
    (hint) => hint.when === undefined || failing.some(({ id }) => id === hint.when?.check),
  );
  if (fitting.length === 0) return null;
  return (
    <div className="border-line border-t px-3 py-2" aria-live="polite">
      <ol className="grid gap-2">
        {fitting.slice(0, shown).map((hint) => (
          <li key={hint.text.en} className="rounded bg-raised px-3 py-2 text-sm">
            <p className="font-semibold text-quiet text-xs">{t(hint.kind)}</p>
            <p className="whitespace-pre-line">
              <InlineCode text={words(hint.text)} />
            </p>
          </li>
        ))}
      </ol>
      {shown < fitting.length ? (
        <Button look="quiet" className="mt-1 -ml-2" onClick={() => setShown(shown + 1)}>
          <Lightbulb size={14} aria-hidden />
          {t(shown === 0 ? 'more' : 'next')}
        </Button>
      ) : (
        <p className="mt-1 text-quiet text-xs">{t('none')}</p>
      )}
    </div>
  );
}
