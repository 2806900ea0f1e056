'use client';

import { Command } from 'cmdk';
import { BookOpen, FileText, FlaskConical, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { useRouter } from '@/app/_i18n/navigation';
import { makeSearch } from './search-index';

export interface SearchEntry {
  readonly kind: 'lesson' | 'lab' | 'page';
  readonly href: string;
  readonly title: string;
  readonly note: string;
  readonly words: string;
}

const ICONS = { lesson: BookOpen, lab: FlaskConical, page: FileText } as const;
const KINDS = ['lesson', 'lab', 'page'] as const;

/** Ctrl-K or Cmd-K: jump to a lesson, a lab or a page. */
export function SearchPalette({ entries }: { readonly entries: readonly SearchEntry[] }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const search = useMemo(() => makeSearch(entries), [entries]);
  const hits = search(query);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      // In the terminal Ctrl-K belongs to the shell.
      if (event.target instanceof Element && event.target.closest('.xterm') && !event.metaKey)
        return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const go = (href: string) => {
    setOpen(false);
    setQuery('');
    router.push(href);
  };
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex h-8 items-center gap-2 rounded border border-line px-2 text-quiet text-sm hover:bg-raised hover:text-text"
        title={t('searchHint')}
      >
        <Search size={14} aria-hidden />
        <span className="max-lg:sr-only">{t('search')}</span>
        <kbd className="font-mono text-xs max-lg:hidden">Ctrl K</kbd>
      </button>
      <Command.Dialog
        open={isOpen}
        onOpenChange={setOpen}
        label={t('searchHint')}
        shouldFilter={false}
        overlayClassName="fixed inset-0 z-40 bg-text/20"
        contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded border border-line bg-panel shadow-(--shadow)"
      >
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t('searchPlaceholder')}
          className="w-full border-line border-b bg-transparent px-4 py-3 text-lg outline-none placeholder:text-quiet"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-2">
          <Command.Empty className="px-3 py-6 text-center text-quiet">
            {t('searchEmpty')}
          </Command.Empty>
          {KINDS.map((kind) => {
            const found = hits
              .map((href) => entries.find((entry) => entry.href === href))
              .filter((entry) => entry?.kind === kind);
            if (found.length === 0) return null;
            return (
              <Command.Group
                key={kind}
                heading={t(`searchGroups.${kind}`)}
                className="mb-2 text-quiet text-xs [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1"
              >
                {found.map((entry) => entry && <Hit key={entry.href} entry={entry} go={go} />)}
              </Command.Group>
            );
          })}
        </Command.List>
      </Command.Dialog>
    </>
  );
}

interface HitProps {
  readonly entry: SearchEntry;
  readonly go: (href: string) => void;
}

function Hit({ entry, go }: HitProps) {
  const Icon = ICONS[entry.kind];
  return (
    <Command.Item
      value={entry.href}
      onSelect={() => go(entry.href)}
      className="flex cursor-pointer items-center gap-3 rounded px-3 py-2 text-base text-text data-[selected=true]:bg-accent-soft"
    >
      <Icon size={15} aria-hidden className="text-quiet" />
      <span className="grow">{entry.title}</span>
      <span className="text-quiet text-xs">{entry.note}</span>
    </Command.Item>
  );
}
