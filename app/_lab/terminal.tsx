'use client';

import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal as Xterm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { LabClient } from './lab-client';
import { terminalTheme } from './terminal-theme';

interface Props {
  readonly client: LabClient;
  readonly terminal: number;
  readonly host: string;
  readonly isShown: boolean;
  readonly isReadOnly: boolean;
  readonly screenReader: boolean;
  /** `vi`, `nano` and the like ask the page to open a file. */
  readonly onEdit: (path: string) => void;
}

/** Our private OSC: the engine's editors send `edit;<path>` with it. */
const OSC_EDIT = 7771;
const FONT =
  'ui-monospace, "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", "D2Coding", monospace';

/** xterm.js as a screen: it sends keys and shows text, and knows no commands. */
export function Terminal(props: Props) {
  const { client, terminal, host, isShown, isReadOnly, screenReader, onEdit } = props;
  const t = useTranslations('lab');
  const holder = useRef<HTMLDivElement>(null);
  const xterm = useRef<Xterm | null>(null);
  const fit = useRef<FitAddon | null>(null);
  const edit = useRef(onEdit);
  edit.current = onEdit;

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const screen = new Xterm({
      allowProposedApi: true,
      convertEol: false,
      cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: FONT,
      fontSize: 13,
      lineHeight: 1.25,
      scrollback: 5000,
      disableStdin: isReadOnly,
      screenReaderMode: screenReader,
      theme: terminalTheme(element),
    });
    const fitter = new FitAddon();
    screen.loadAddon(fitter);
    screen.loadAddon(new Unicode11Addon());
    screen.unicode.activeVersion = '11';
    screen.open(element);
    screen.textarea?.setAttribute(
      'aria-label',
      `${t('terminalOn', { host })}. ${t('terminalHelp')}`,
    );
    leaveWithTab(screen);
    xterm.current = screen;
    fit.current = fitter;
    screen.write(client.screen(terminal));
    const typed = screen.onData((data) => {
      const isPaste = data.length > 1 && /[\r\n]/.test(data.slice(0, -1));
      if (isPaste) client.send({ kind: 'paste', terminal, text: data });
      else client.send({ kind: 'key', terminal, data });
    });
    const sized = screen.onResize(({ cols, rows }) =>
      client.send({ kind: 'resize', terminal, columns: cols, rows }),
    );
    const asked = screen.parser.registerOscHandler(OSC_EDIT, (data) => {
      edit.current(data);
      return true;
    });
    const unlisten = client.onScreen((id, data) => {
      if (id !== terminal) return;
      if (data === null) screen.reset();
      else screen.write(data);
    });
    const recolour = () => {
      screen.options.theme = terminalTheme(element);
    };
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', recolour);
    window.addEventListener('hopwise-theme', recolour);
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientHeight > 0) fitter.fit();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', recolour);
      window.removeEventListener('hopwise-theme', recolour);
      unlisten();
      for (const part of [typed, sized, asked, screen]) part.dispose();
      xterm.current = null;
    };
  }, [client, terminal, host, isReadOnly, screenReader, t]);

  useEffect(() => {
    if (!isShown) return;
    // A pane that is hidden as a whole has no size yet; the observer fits it when it gets one.
    if (holder.current && holder.current.clientWidth > 0) fit.current?.fit();
    xterm.current?.focus();
  }, [isShown]);

  return (
    <div
      ref={holder}
      hidden={!isShown}
      data-testid={`terminal-${terminal}`}
      className="h-full w-full overflow-hidden bg-terminal py-1 pl-2"
    />
  );
}

/** Tab belongs to the shell, unless Escape came just before: then it leaves, so that nobody is trapped. */
function leaveWithTab(screen: Xterm): void {
  let isLeaving = false;
  screen.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Tab' && isLeaving) {
      isLeaving = false;
      return false;
    }
    if (event.key !== 'Shift') isLeaving = event.key === 'Escape';
    return true;
  });
}
