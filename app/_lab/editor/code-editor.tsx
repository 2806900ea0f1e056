'use client';

import { useEffect, useRef } from 'react';
import { languageOf, monaco } from './monaco';

interface Props {
  readonly path: string;
  readonly label: string;
  readonly initial: string;
  readonly onChange: (text: string) => void;
  /** With the text as it is now: the page's own copy may lag behind fast keys. */
  readonly onSave: (text: string) => void;
}

const isDark = (): boolean =>
  getComputedStyle(document.documentElement).colorScheme.includes('dark') &&
  (document.documentElement.dataset['theme'] === 'dark' ||
    (document.documentElement.dataset['theme'] === undefined &&
      window.matchMedia('(prefers-color-scheme: dark)').matches));

/** Monaco on one file. Ctrl-S saves; Ctrl-M lets Tab move the focus. */
export function CodeEditor({ path, label, initial, onChange, onSave }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const told = useRef({ onChange, onSave });
  told.current = { onChange, onSave };
  const first = useRef(initial);
  useEffect(() => {
    if (!holder.current) return;
    const editor = monaco.editor.create(holder.current, {
      value: first.current,
      language: languageOf(path, first.current),
      theme: isDark() ? 'vs-dark' : 'vs',
      ariaLabel: label,
      automaticLayout: true,
      fontSize: 13,
      tabSize: 2,
      insertSpaces: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderWhitespace: 'selection',
      fixedOverflowWidgets: true,
    });
    const changed = editor.onDidChangeModelContent(() => told.current.onChange(editor.getValue()));
    editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () =>
      told.current.onSave(editor.getValue()),
    );
    const recolour = () => monaco.editor.setTheme(isDark() ? 'vs-dark' : 'vs');
    window.addEventListener('hopwise-theme', recolour);
    editor.focus();
    return () => {
      window.removeEventListener('hopwise-theme', recolour);
      changed.dispose();
      editor.getModel()?.dispose();
      editor.dispose();
    };
  }, [path, label]);
  return <div ref={holder} className="h-full w-full" />;
}
