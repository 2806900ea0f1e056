'use client';

import { Check, Copy, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Link } from '@/app/_i18n/navigation';
import { IconButton } from '@/app/_ui/button';
import { useLesson } from './lesson-context';

interface Props {
  readonly on?: string;
  readonly run: string;
}

const SHOWN_MS = 1500;

/** A command: copy it, or open the lesson's lab with it typed in. */
export function Cmd({ on = '', run }: Props) {
  const t = useTranslations('lesson.cmd');
  const { lab } = useLesson();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(run);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  const query = new URLSearchParams({ on, run });
  return (
    <div className="flex items-start gap-1 rounded border border-line bg-terminal py-1 pr-1 pl-4">
      <pre className="m-0! grow border-0! bg-transparent! px-0! py-1.5!">
        <code>
          {run.split('\n').map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a command never change
            <span key={index} className="block">
              <span aria-hidden className="select-none text-quiet">
                {on === '' ? '# ' : `${on}# `}
              </span>
              {line}
            </span>
          ))}
        </code>
      </pre>
      <IconButton label={isCopied ? t('copied') : t('copy')} onClick={copy}>
        {isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      </IconButton>
      {lab !== null && (
        <Link
          href={`/lab/${lab}?${query}`}
          aria-label={t('run')}
          title={t('run')}
          className="inline-grid size-8 shrink-0 place-items-center rounded text-quiet hover:bg-raised hover:text-text"
        >
          <Play size={15} aria-hidden />
        </Link>
      )}
    </div>
  );
}
