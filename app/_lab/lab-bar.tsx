'use client';

import { ArrowLeft, Check, CloudOff, Download, Link2, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { useProgress } from '@/app/_content/use-progress';
import { Link, usePathname } from '@/app/_i18n/navigation';
import { Button, buttonClass, IconButton } from '@/app/_ui/button';
import type { Lab } from '@/sim/lab/lab-schema';
import type { Room } from './lab-room';
import type { SaveState } from './use-autosave';
import type { Submit, SubmitState } from './use-submit';

interface Props {
  readonly lab: Lab;
  readonly lessonPath: string | null;
  readonly choice: ReactNode;
  readonly room: Room;
}

/** Title, what became of saving and submitting, and the buttons that concern the whole sandbox. */
export function LabBar({ lab, lessonPath, choice, room }: Props) {
  const { isPassed, submit } = room;
  const { share, save, note, closeNote } = room.sharing;
  const t = useTranslations('lab');
  const locale = useLocale() === 'ko' ? 'ko' : 'en';
  const isLab = lab.yaml.tasks.length > 0;
  return (
    <div className="border-line border-b bg-panel">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
        {lessonPath !== null && (
          <Link
            href={`/course/${lessonPath}`}
            aria-label={t('back')}
            title={t('back')}
            className="inline-grid size-8 place-items-center rounded text-quiet hover:bg-raised hover:text-text"
          >
            <ArrowLeft size={16} aria-hidden />
          </Link>
        )}
        <h1 className="font-semibold text-base">{lab.yaml.title[locale]}</h1>
        {choice}
        {isPassed && (
          <span className="inline-flex items-center gap-1 text-ok text-sm">
            <Check size={15} aria-hidden />
            {t('allDone')}
          </span>
        )}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <Saved state={room.autosave.state} keepMine={room.autosave.keepMine} />
          <Button onClick={() => void share()} disabled={room.present.state.phase !== 'running'}>
            <Link2 size={14} aria-hidden />
            {t('share')}
          </Button>
          <IconButton label={t('saveFile')} onClick={() => void save()}>
            <Download size={15} aria-hidden />
          </IconButton>
          {isLab && <SubmitButton submit={submit} />}
        </span>
      </div>
      {note !== null && (
        <p role="status" className="flex items-center gap-2 bg-accent-soft px-3 py-1 text-sm">
          <span className="min-w-0 grow break-all">{note}</span>
          <IconButton label={t('cancel')} onClick={closeNote} className="size-6!">
            <X size={13} aria-hidden />
          </IconButton>
        </p>
      )}
      <SubmitNote state={submit.state} />
    </div>
  );
}

function Saved({ state, keepMine }: { readonly state: SaveState; readonly keepMine: () => void }) {
  const t = useTranslations('lab.save');
  const shell = useTranslations('shell');
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    look();
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  if (isOffline) {
    return (
      <span className="inline-flex items-center gap-1 text-warn text-xs">
        <CloudOff size={14} aria-hidden />
        {shell('offline')}
      </span>
    );
  }
  if (state === 'none') return null;
  const isBad = state === 'failed' || state === 'conflict';
  return (
    <span role="status" className={`text-xs ${isBad ? 'text-warn' : 'text-quiet'}`}>
      {t(state)}{' '}
      {state === 'conflict' && (
        <Button className="min-h-6! px-2! py-0!" onClick={keepMine}>
          {t('keep')}
        </Button>
      )}
    </span>
  );
}

const UNDER_WAY: ReadonlySet<SubmitState['kind']> = new Set([
  'sending',
  'queued',
  'grading',
  'busy',
]);

function SubmitButton({ submit }: { readonly submit: Submit }) {
  const t = useTranslations('lab.submit');
  const { userId } = useProgress();
  const locale = useLocale();
  const pathname = usePathname();
  if (userId === null) {
    return (
      <Link
        href={{ pathname: '/sign-in', query: { next: `/${locale}${pathname}` } }}
        className={buttonClass('plain')}
      >
        {t('signIn')}
      </Link>
    );
  }
  return (
    <Button look="primary" onClick={submit.submit} disabled={UNDER_WAY.has(submit.state.kind)}>
      {t('button')}
    </Button>
  );
}

function SubmitNote({ state }: { readonly state: SubmitState }) {
  const t = useTranslations('lab.submit');
  const locale = useLocale() === 'ko' ? 'ko' : 'en';
  if (state.kind === 'idle') return null;
  const isBad = state.kind === 'failed' || state.kind === 'refused' || state.kind === 'error';
  return (
    <p
      role="status"
      className={`px-3 py-1 text-sm ${isBad ? 'bg-fail-soft text-fail' : state.kind === 'graded' ? 'bg-ok-soft' : 'bg-raised'}`}
    >
      {textOf(t, state, locale)}
    </p>
  );
}

type Translate = ReturnType<typeof useTranslations<'lab.submit'>>;

function textOf(t: Translate, state: SubmitState, locale: 'en' | 'ko'): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'graded':
      return t('graded', { score: state.points, max: state.max });
    case 'stopped':
    case 'refused':
      return t(state.kind, { text: state.text[locale] });
    default:
      return t(state.kind);
  }
}
